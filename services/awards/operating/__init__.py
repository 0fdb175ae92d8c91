"""The commands of awards at the command line, a module each."""
