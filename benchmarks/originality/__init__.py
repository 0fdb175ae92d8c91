"""Whether originality finds what was copied, is right, and is fast: programs to measure it by."""
