"""Awards: ranks what the jury marked, has the prizes approved, and issues the papers."""
