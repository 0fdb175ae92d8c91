"""What is needed to run sangkien: locally, in containers, on a cluster."""
