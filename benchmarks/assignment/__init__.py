"""What it costs to say who judges what; `python -m benchmarks.assignment`."""
