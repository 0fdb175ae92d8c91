"""What offices do with prizes and papers at the command line, one module per group."""
