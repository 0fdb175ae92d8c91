"""Who judges what: the question (`problem`), and why none can be answered (`witness`).

Nothing is imported here, so that `witness` can be run by itself, without any package.
"""
