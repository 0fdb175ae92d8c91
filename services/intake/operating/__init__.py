"""What organisers and holders of receipts do at the command line, one module per group."""
