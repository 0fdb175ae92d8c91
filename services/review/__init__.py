"""Review: an independent jury marks the entries, round by round."""
