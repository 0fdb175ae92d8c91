"""The rules of awards, pure: who is ranked where, who gets which prize, and what the papers say.

Start with `ranking` (marks become places), then `prizes` (places become an approved list), then
`paper` and `wording` (the list becomes decisions and certificates).
"""
