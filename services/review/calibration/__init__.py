"""How severe the judges of a round are, and how sure its ranks.

A judge's total for an entry is taken as the entry's quality plus the judge's severity plus noise.
`fitting` estimates both by least squares, `intervals` how far each rank may be off, `sufficing`
says when neither can be had. The service knows `asking` alone; a child process runs `answering`.
The sources are in `docs/howto/read-a-ranking.md`.
"""
