"""Which judges stand too near an entry to mark it (xung đột lợi ích).

Read `grounds` (what can stand between them), `ties` (one judge beside one entry), `survey` (all
beside all), `saying` (who may declare, pin and take back).
"""

from services.review.domain.conflicts.grounds import (
    EXCUSABLE,
    Bar,
    Ground,
    Judge,
    Kind,
    People,
    Said,
    identities,
)
from services.review.domain.conflicts.survey import (
    NoJury,
    Survey,
    TooFewJudges,
    check_enough,
    survey,
)
from services.review.domain.conflicts.ties import Ties

__all__ = [
    "EXCUSABLE",
    "Bar",
    "Ground",
    "Judge",
    "Kind",
    "NoJury",
    "People",
    "Said",
    "Survey",
    "Ties",
    "TooFewJudges",
    "check_enough",
    "identities",
    "survey",
]
