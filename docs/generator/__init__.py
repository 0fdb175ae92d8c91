"""Writes `docs/reference/` from the code: `make docs`. Start with `pages.PAGES`."""
