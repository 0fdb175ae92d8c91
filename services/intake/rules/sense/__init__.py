"""Whether the parts of a rules file agree with one another.

Every check is a function whose parameters are the top-level keys it looks at; it runs when all
of these are sound, whatever is wrong elsewhere in the file. Start with `contradictions`.
"""

from inspect import signature

from services.intake.rules.sense import (
    awarding,
    codes,
    entering,
    entrants,
    judging,
    notices,
    provenance,
    results,
)
from services.intake.rules.shape import Sections
from services.intake.rules.tree import Mapping, Mistake

CHECKS = (
    *codes.CHECKS,
    *entering.CHECKS,
    *entrants.CHECKS,
    *judging.CHECKS,
    *results.CHECKS,
    *awarding.CHECKS,
    *notices.CHECKS,
)


def contradictions(sections: Sections, tree: Mapping) -> list[Mistake]:
    """Return all that does not fit together in the sections that could be read."""
    mistakes: list[Mistake] = []
    for check in CHECKS:
        wanted = tuple(signature(check).parameters)
        if all(name in sections for name in wanted):
            mistakes += check(**{name: sections[name] for name in wanted})
    if "defaults" in sections:
        mistakes += provenance.defaults_exist(sections["defaults"], tree)
    return mistakes
