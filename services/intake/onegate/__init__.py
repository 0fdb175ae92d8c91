"""The one-stop shop's side: what national and provincial portals are told, and how.

`wording` writes a dossier as they read it, `client` calls them, `sandbox` is one to try against.
"""
