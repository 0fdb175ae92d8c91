"""The program that opens documents, run in processes of its own. It begins in `__main__`."""
