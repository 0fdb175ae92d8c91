"""Copies of papers without what tells whose they are, made in processes that files may break.

`fetching` runs in a child of the service (`kernel.crunch`). It fetches the document and starts a
`maker` for it alone, without the service's secrets and without a network, under limits of
memory, time and pages; `asking` is how the service asks for it. Nothing is imported here: the
maker starts once for each document, and everything beside it would be loaded too.
"""
