"""Every version of every sheet of an entry, those that no longer count too."""

from collections import defaultdict
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.review.domain.explaining import Given
from services.review.store.panels import assignments
from services.review.store.rounds import RoundInPlay
from services.review.store.tables import MarkRow, SheetRow


def load_history(session: Session, played: RoundInPlay, entry_id: str) -> tuple[Given, ...]:
    """Read what was ever given for an entry in a round, by judge and version."""
    own = {
        "contest_id": played.contest_id,
        "round_id": played.round_id,
        "entry_id": entry_id,
    }
    marks: defaultdict[tuple[str, int], dict[str, Decimal]] = defaultdict(dict)
    for row in session.scalars(select(MarkRow).filter_by(**own)):
        marks[row.judge_id, row.version][row.criterion] = row.points
    left = {
        row.judge_id for row in session.scalars(assignments(played, entry_id)) if row.stood_down
    }
    sheets = session.scalars(
        select(SheetRow).filter_by(**own).order_by(SheetRow.judge_id, SheetRow.version)
    )
    return tuple(
        Given(
            row.judge_id,
            row.version,
            row.given_at,
            marks[row.judge_id, row.version],
            row.judge_id in left,
        )
        for row in sheets
        if (row.judge_id, row.version) in marks
    )
