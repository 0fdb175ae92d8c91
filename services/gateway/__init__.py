"""The gateway: the only door, an HTTP API and a portal for people."""
