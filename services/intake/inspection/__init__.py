"""Looks into uploaded files, in a child process: what they are, and what is wrong with them.

`look_into` in `orders` is how the service asks; `inspector` is what the child runs.
"""
