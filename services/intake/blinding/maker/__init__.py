"""The process that opens one document and makes the copy of it; `making` is where to start."""
