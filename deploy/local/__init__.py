"""The platform on one machine without containers. Start at `stack.Stack`."""
