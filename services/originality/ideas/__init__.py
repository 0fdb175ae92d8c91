"""The idea channel: which texts may tell the same idea in other words. Start with `bm25`."""
