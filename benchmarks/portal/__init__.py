"""Pages and submissions of the portal, beside pretalx doing the same on the same machine."""
