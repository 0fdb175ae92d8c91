"""Ledger: all that was announced, in one chain per tenant that nobody rewrites unseen."""
