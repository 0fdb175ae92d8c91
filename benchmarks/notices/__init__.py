"""How fast and how surely notices leave: `python -m benchmarks.notices`."""
