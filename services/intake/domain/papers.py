"""Which papers a dossier must have, and which of them it still lacks."""

from collections.abc import Collection

from contracts.rules import Paper, Rules
from services.intake.domain.contents import entrant_of
from services.intake.domain.declarations import papers_made
from services.intake.domain.entries import Entry

UNIT_CONFIRMATION = "XAC_NHAN_DON_VI"  # what a head's confirmation makes up for


def needed(entry: Entry, rules: Rules) -> tuple[Paper, ...]:
    """Return the papers this entry must have: the required, and the conditional that apply."""
    conditional = (paper for paper in rules.dossier.conditional if applies(paper, entry, rules))
    return (*rules.dossier.required, *conditional)


def applies(paper: Paper, entry: Entry, rules: Rules) -> bool:
    """Say whether a conditional paper is needed.

    Who enters what somebody brings, sends or files at a one-stop shop does it for an office and
    needs no authorisation (văn bản ủy quyền); only who files online for others does.
    """
    match paper.when:
        case "STAFF":
            return entrant_of(rules.entrants, entry.group) == "STAFF"
        case "FILED_BY_OTHER":
            return entry.channel == "ONLINE" and entry.filed_by not in entry.author_ids
        case _:
            return True


def missing(
    entry: Entry, rules: Rules, stored: Collection[str], *, confirmed: bool
) -> tuple[str, ...]:
    """Return the codes of the needed papers that are neither stored nor otherwise made.

    The registration is the entry itself. A declaration is made by declaring it, the unit's
    confirmation by its head, where the rules let heads confirm (`head_confirms`).
    """
    made = {*stored, *papers_made(rules.dossier, entry.declarations)}
    if confirmed and rules.entrants.head_confirms:
        made.add(UNIT_CONFIRMATION)
    return tuple(
        paper.code
        for paper in needed(entry, rules)
        if paper.form != "REGISTRATION" and paper.code not in made
    )
