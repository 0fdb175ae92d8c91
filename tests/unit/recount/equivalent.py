"""Mutants of the recount that mean the same as it, and why nothing can notice them.

By the place's name: module, function, and the text that is changed.
"""

EQUIVALENT = {
    "questions.: the contest was opened {} times": (
        "opened twice, amendment 0 is not the next one; opened never, no rules are in force when a"
        " round is opened: both are named by the step `rules` as well"
    ),
    "scoring.Table.severe: "
    "abs(float(said[judge]) - found) <= 0.5 / 10 ** rule['places'] + 1e-06": (
        "differs only where two sums of floating numbers are equal to their last bit, a millionth"
        " of a point beyond what rounding allows: no severity comes out there but by chance"
    ),
    "scoring.severities: moved > STILL": (
        "one turn more where severities moved by exactly a hundred-billionth of a point: nobody"
        " comes there but by chance, and what is compared is a millionth"
    ),
    "checks.check_chain: signed + 1": "a count that is told, and nothing is held against",
}
