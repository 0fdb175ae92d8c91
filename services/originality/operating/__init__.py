"""What keepers of the register and juries do at the command line, one module per group."""
