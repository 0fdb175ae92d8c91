"""Counts a contest again from its recount kit; shares no code with the platform."""
