"""Notify: everybody who must know is told, once."""
