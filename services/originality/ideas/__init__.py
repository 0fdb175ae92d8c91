"""The idea channel: which texts may tell the same idea in other words. Start with `alike`.

`terms` and `bm25` go by the words that recur, `embedding` and `table` by what a text means;
`alike` puts both lists together. `store.ideas` keeps the vectors. None of it ever enters a
percentage.
"""
