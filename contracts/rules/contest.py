"""A whole contest. Start with `Rules`."""

from datetime import date
from decimal import Decimal

from contracts.rules.awarding import (
    AdoptionRules,
    Authority,
    Awarding,
    Petitions,
    Prize,
    Publishing,
)
from contracts.rules.entering import (
    Area,
    Dossier,
    Entrants,
    Holiday,
    Novelty,
    Receipt,
    Supplement,
    Window,
)
from contracts.rules.judging import Round, Rounding
from contracts.rules.juries import ConflictRules, JuryRules
from contracts.rules.minutes import MinutesRules
from contracts.rules.notices import Notices
from contracts.rules.part import Part
from contracts.rules.retention import Retention


class Basis(Part, frozen=True):
    """A document the contest rests on (căn cứ). `issued_on` is None while nobody has found it."""

    doc: str
    issuer: str
    issued_on: date | None = None


class Organiser(Part, frozen=True):
    """Who runs the contest: host, standing unit and the desk that receives entries."""

    host: str
    standing_unit: str
    intake_desk: str


class Rules(Part, frozen=True):
    """The whole contest. `weights` maps a round's id to its part of the final score (sum 1).

    `legal_profile` names the law and the forms its papers go by: those of a period, `2022`, or
    `BY_DATE` for those in force on the day the contest opens. With `final_scale` every round is
    first brought to that scale. `tie_break` is a chain of `ROUND.CRITERION`, `ROUND.total`,
    `ROUND.highest` (the highest total of one judge), `ROUND.firsts` (how many judges gave it their
    highest) and, last, `council_vote`. `defaults` names the paths in the file whose value is a
    proposal not found in any source.
    """

    id: str
    title: str
    legal_profile: str
    timezone: str
    basis: tuple[Basis, ...]
    organiser: Organiser
    intake: Window
    supplement: Supplement
    areas: tuple[Area, ...]
    indexes: tuple[str, ...]
    entrants: Entrants
    novelty: Novelty
    dossier: Dossier
    receipt: Receipt
    rounds: tuple[Round, ...]
    weights: dict[str, Decimal]
    final_rounding: Rounding
    tie_break: tuple[str, ...]
    authorities: tuple[Authority, ...]
    prizes: tuple[Prize, ...]
    holidays: tuple[Holiday, ...] = ()
    jury_size: int | None = None
    final_scale: Decimal | None = None
    jury: JuryRules = JuryRules()
    conflicts: ConflictRules = ConflictRules()
    minutes: MinutesRules = MinutesRules()
    awarding: Awarding = Awarding()
    petitions: Petitions | None = None  # None: the law's own ways alone
    publishing: Publishing = Publishing()
    adoption: AdoptionRules = AdoptionRules()
    notices: Notices = Notices()
    retention: Retention = Retention()
    defaults: tuple[str, ...] = ()
