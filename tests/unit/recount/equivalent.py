"""Mutants of the recount that mean the same as it, and why nothing can notice them.

By the place's name: module, function, and the text that is changed.
"""

EQUIVALENT = {
    "questions.: the contest was opened {} times": (
        "opened twice, amendment 0 is not the next one; opened never, no rules are in force when a"
        " round is opened: both are named by the step `rules` as well"
    ),
}
