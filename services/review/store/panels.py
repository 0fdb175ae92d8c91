"""Who judges what, and the sheets they gave."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from msgspec.json import Decoder
from sqlalchemy import Select, Text, cast, func, select
from sqlalchemy.orm import Session

from services.review.domain.panel import Panel, Sheet
from services.review.domain.rounds import State
from services.review.store.assigning_tables import ReleaseRow
from services.review.store.rounds import RoundInPlay
from services.review.store.tables import AssignmentRow, MarkRow, RoundRow


def stand_down(
    session: Session, played: RoundInPlay, entry_id: str, judge_id: str, ground: str
) -> None:
    """Take a judge off an entry; the sheets stay on record and no longer count."""
    row = session.scalars(
        assignments(played, entry_id).where(AssignmentRow.judge_id == judge_id)
    ).one()
    row.stood_down = True
    row.ground = ground


def assignments(played: RoundInPlay, entry_id: str | None = None) -> Select[AssignmentRow]:
    """Select the assignments of a round, or of one entry in it."""
    query = select(AssignmentRow).where(
        AssignmentRow.contest_id == played.contest_id, AssignmentRow.round_id == played.round_id
    )
    if entry_id is not None:
        query = query.where(AssignmentRow.entry_id == entry_id)
    return query.order_by(AssignmentRow.entry_id, AssignmentRow.judge_id)


decode_marks = Decoder(dict[str, Decimal]).decode


class Seated(NamedTuple):
    """A judge on an entry, as far as a panel knows of them."""

    entry_id: str
    judge_id: str
    stood_down: bool
    asked_again: bool
    looked_again: bool
    called: bool


def seats(played: RoundInPlay) -> Select[str, str, bool, bool, bool, bool]:
    """Select who is assigned to what in a round, column by column: rows are made faster so."""
    query = select(
        AssignmentRow.entry_id, AssignmentRow.judge_id, AssignmentRow.stood_down,
        AssignmentRow.asked_again, AssignmentRow.looked_again, AssignmentRow.called,
    )  # fmt: skip
    return query.where(
        AssignmentRow.contest_id == played.contest_id, AssignmentRow.round_id == played.round_id
    ).order_by(AssignmentRow.entry_id, AssignmentRow.judge_id)


def load_panel(session: Session, played: RoundInPlay, entry_id: str) -> Panel:
    """Read an entry's panel and lock it until the work is done."""
    query = seats(played).where(AssignmentRow.entry_id == entry_id).with_for_update()
    rows = [Seated(*row) for row in session.execute(query)]
    return panel_from(played, rows, newest_sheets(session, played, entry_id).get(entry_id, {}))


def load_panels(session: Session, played: RoundInPlay) -> dict[str, Panel]:
    """Read every panel of a round, by entry."""
    return gather(session, played, seats(played))


def judge_panels(session: Session, played: RoundInPlay, judge_id: str) -> dict[str, Panel]:
    """Read one judge's own part of the panels they sit on; nobody else's sheets are loaded."""
    query = seats(played).where(AssignmentRow.judge_id == judge_id)
    return gather(session, played, query, judge_id)


def gather(
    session: Session,
    played: RoundInPlay,
    query: Select[str, str, bool, bool, bool, bool],
    judge_id: str | None = None,
) -> dict[str, Panel]:
    """Put assignments and sheets together, by entry."""
    seated: defaultdict[str, list[Seated]] = defaultdict(list)
    for row in session.execute(query):
        one = Seated(*row)
        seated[one.entry_id].append(one)
    sheets = newest_sheets(session, played, judge_id=judge_id)
    return {
        entry_id: panel_from(played, own, sheets.get(entry_id, {}))
        for entry_id, own in seated.items()
    }


def panel_from(played: RoundInPlay, rows: Iterable[Seated], sheets: Mapping[str, Sheet]) -> Panel:
    """Make the value of an entry's assignments and sheets; who stood down is not on it."""
    seated = [row for row in rows if not row.stood_down]
    judge_ids = frozenset(row.judge_id for row in seated)
    return Panel(
        rules=played.rules,
        judge_ids=judge_ids,
        sheets={judge: sheet for judge, sheet in sheets.items() if judge in judge_ids},
        asked=frozenset(row.judge_id for row in seated if row.asked_again),
        looked=frozenset(row.judge_id for row in seated if row.looked_again),
        called=frozenset(row.judge_id for row in seated if row.called),
    )


def newest_sheets(
    session: Session,
    played: RoundInPlay,
    entry_id: str | None = None,
    judge_id: str | None = None,
) -> dict[str, dict[str, Sheet]]:
    """Read every judge's newest sheet, by entry and judge."""
    query = sheets_of(played)
    if entry_id is not None:
        query = query.where(MarkRow.entry_id == entry_id)
    if judge_id is not None:
        query = query.where(MarkRow.judge_id == judge_id)
    sheets: defaultdict[str, dict[str, Sheet]] = defaultdict(dict)
    for entry, judge, version, given in session.execute(query.order_by(MarkRow.version)):
        sheets[entry][judge] = Sheet(judge, version, decode_marks(given))
    return sheets


def sheets_of(played: RoundInPlay) -> Select[str, str, int, str]:
    """Select the marks of every version of every sheet of a round, a row of JSON for each.

    Row by row, the marks of a whole round would take twice as long to read.
    """
    version = (MarkRow.entry_id, MarkRow.judge_id, MarkRow.version)
    marks = func.json_object_agg(MarkRow.criterion, cast(MarkRow.points, Text))
    query = select(*version, cast(marks, Text)).group_by(*version)
    return query.where(
        MarkRow.contest_id == played.contest_id, MarkRow.round_id == played.round_id
    )


def save_verdict(session: Session, played: RoundInPlay, entry_id: str, panel: Panel) -> None:
    """Write down whom the panel asked to look again, and who has."""
    for row in session.scalars(assignments(played, entry_id)):
        row.asked_again = row.judge_id in panel.asked
        row.looked_again = row.judge_id in panel.looked
        row.called = row.judge_id in panel.called


def loads(session: Session, played: RoundInPlay) -> dict[str, int]:
    """Count the entries on each judge's desk."""
    query = (
        select(AssignmentRow.judge_id, func.count())
        .where(AssignmentRow.contest_id == played.contest_id)
        .where(AssignmentRow.round_id == played.round_id, ~AssignmentRow.stood_down)
        .group_by(AssignmentRow.judge_id)
    )
    return dict(session.execute(query).all())


def assigned_pairs(
    session: Session, played: RoundInPlay, judge_ids: Collection[str] | None = None
) -> list[tuple[str, str]]:
    """Return who is assigned to what and has not stood down: (entry, judge) pairs in order."""
    query = select(AssignmentRow.entry_id, AssignmentRow.judge_id).where(
        AssignmentRow.contest_id == played.contest_id,
        AssignmentRow.round_id == played.round_id,
        ~AssignmentRow.stood_down,
    )
    if judge_ids is not None:
        query = query.where(AssignmentRow.judge_id.in_(judge_ids))
    order = (AssignmentRow.entry_id, AssignmentRow.judge_id)
    return [(entry, judge) for entry, judge in session.execute(query.order_by(*order))]


def busy_judges(session: Session, contest_id: str) -> frozenset[str]:
    """Name the judges with entries in an open round, but for those who have left it."""
    query = (
        select(AssignmentRow.judge_id)
        .join(
            RoundRow,
            (RoundRow.contest_id == AssignmentRow.contest_id)
            & (RoundRow.round_id == AssignmentRow.round_id),
        )
        .where(RoundRow.contest_id == contest_id, RoundRow.state != State.CLOSED.value)
        .where(~AssignmentRow.stood_down)
        .where(
            ~select(ReleaseRow.judge_id)
            .where(
                ReleaseRow.contest_id == AssignmentRow.contest_id,
                ReleaseRow.round_id == AssignmentRow.round_id,
                ReleaseRow.judge_id == AssignmentRow.judge_id,
            )
            .exists()
        )
    )
    return frozenset(session.scalars(query))
