"""The rules of judging, one module per topic; pure.

An entry comes in (`entries`), judges who stand too near are kept away (`conflicts`), the others
are shared out (`assignment`), marks come in (`panel`), and a closed round gets its table
(`concluding`: `aggregation`, `ranking`, `cutoff`, `votes`), of which any place is explained
(`explaining`). `jury` checks who may sit, `rounds` says when a round may open and whom it judges.
"""
