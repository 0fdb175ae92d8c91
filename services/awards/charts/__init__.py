"""Charts as SVG, made from numbers by string alone: no script, no style sheet, no clock.

Every chart says in its title and description what it shows, and bears its numbers as text; the
same numbers make the same bytes. Start with `bars` (counts) and `ways` (from baseline to target).
"""
