"""Every version of every sheet of an entry, those that no longer count too."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.review.domain.explaining import Given
from services.review.store.entries import one_of
from services.review.store.panels import decode_marks, sheets_of
from services.review.store.rounds import RoundInPlay
from services.review.store.sheets import of_round
from services.review.store.tables import AssignmentRow, MarkRow, SheetRow


def load_history(
    session: Session, played: RoundInPlay, entry_ids: Collection[str]
) -> dict[str, tuple[Given, ...]]:
    """Read what was ever given for entries in a round, by entry; each by judge and version."""
    marks = {
        (entry, judge, version): decode_marks(given)
        for entry, judge, version, given in session.execute(
            sheets_of(played).where(one_of(MarkRow.entry_id, entry_ids))
        )
    }
    seated = select(AssignmentRow.entry_id, AssignmentRow.judge_id).where(
        of_round(AssignmentRow, played), one_of(AssignmentRow.entry_id, entry_ids)
    )
    left = {
        (entry, judge) for entry, judge in session.execute(seated.where(AssignmentRow.stood_down))
    }
    sheet = (SheetRow.entry_id, SheetRow.judge_id, SheetRow.version)
    query = select(*sheet, SheetRow.given_at).where(
        of_round(SheetRow, played), one_of(SheetRow.entry_id, entry_ids)
    )
    found: defaultdict[str, list[Given]] = defaultdict(list)
    for entry, judge, version, given_at in session.execute(query.order_by(*sheet)):
        if (given := marks.get((entry, judge, version))) is not None:
            found[entry].append(Given(judge, version, given_at, given, (entry, judge) in left))
    return {entry: tuple(found[entry]) for entry in entry_ids}
