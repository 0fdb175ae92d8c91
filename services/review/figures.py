"""What operators see of judging: how far each open round is."""

from sqlalchemy import ColumnElement, and_, func, select, tuple_

from services.review.store.tables import AssignmentRow, RoundRow, SheetRow
from telemetry.figures import Figure

_ROUND = (RoundRow.tenant, RoundRow.contest_id, RoundRow.round_id)
_LABELS = ("tenant", "contest", "round")
_open = RoundRow.closed_at.is_(None)


def _in_round(row: type[AssignmentRow | SheetRow]) -> ColumnElement[bool]:
    return and_(
        row.tenant == RoundRow.tenant,
        row.contest_id == RoundRow.contest_id,
        row.round_id == RoundRow.round_id,
    )


FIGURES = (
    Figure(
        "round_sheets_due",
        "Sheets that the judges of an open round are to give in all",
        _LABELS,
        select(*_ROUND, func.count(AssignmentRow.judge_id))
        .join(
            AssignmentRow,
            and_(_in_round(AssignmentRow), AssignmentRow.stood_down.is_(False)),
            isouter=True,
        )
        .where(_open)
        .group_by(*_ROUND),
    ),
    Figure(
        "round_sheets_given",
        "Sheets that the judges of an open round have given; a corrected one counts once",
        _LABELS,
        # A round without sheets has one row of nothing, which would be counted.
        select(
            *_ROUND,
            func.count(tuple_(SheetRow.entry_id, SheetRow.judge_id).distinct()).filter(
                SheetRow.judge_id.is_not(None)
            ),
        )
        .join(SheetRow, _in_round(SheetRow), isouter=True)
        .where(_open)
        .group_by(*_ROUND),
    ),
    Figure(
        "round_overdue_seconds",
        "How long an open round is past its day; 0 before, and where the rules name none",
        _LABELS,
        select(*_ROUND, RoundRow.due).where(_open),
    ),
)
