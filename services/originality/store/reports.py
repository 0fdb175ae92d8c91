"""Reports and the rulings on them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Select, Text, and_, func, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, distinct_on
from sqlalchemy.orm import Session, aliased

from contracts import originality
from services.originality.domain import Filed, Level, Ruling, UnknownReport
from services.originality.store.seen import Seen
from services.originality.store.tables import ReportRow


def newest(session: Session, entry_id: str, *, lock: bool = False) -> ReportRow | None:
    """Find the report of an entry that counts."""
    query = select(ReportRow).where(ReportRow.entry_id == entry_id)
    query = query.order_by(ReportRow.number.desc()).limit(1)
    return session.scalar(query.with_for_update() if lock else query)


def all_newest(session: Session, asked: originality.ListReports) -> list[ReportRow]:
    """Find the reports of a contest's entries that count, those that share most first."""
    query = _newest().where(ReportRow.contest_id == asked.contest_id).subquery()
    row = aliased(ReportRow, query)
    wanted = select(row).order_by(row.share.desc(), row.entry_id).limit(asked.most)
    if asked.after is not None:
        share, entry_id = asked.after
        follows = and_(row.share == share, row.entry_id > entry_id)
        wanted = wanted.where(or_(row.share < share, follows))
    return list(session.scalars(wanted))


def entries_citing(session: Session, source_id: str) -> list[str]:
    """Return the entries whose report that counts names this source."""
    return entries_citing_any(session, [source_id])


def entries_citing_any(session: Session, source_ids: Iterable[str]) -> list[str]:
    """Return the entries whose report that counts names one of these, also for its idea alone."""
    row = aliased(ReportRow, _newest().subquery())
    wanted = literal(sorted(source_ids), ARRAY(Text))
    named = or_(row.sources.op("?|")(wanted), row.ideas.op("?|")(wanted))
    return list(session.scalars(select(row.entry_id).where(named)))


def _newest() -> Select[Any]:
    """Select, of every entry, the report that counts."""
    query = select(ReportRow).ext(distinct_on(ReportRow.tenant, ReportRow.entry_id))
    return query.order_by(ReportRow.tenant, ReportRow.entry_id, ReportRow.number.desc())


def filed(row: ReportRow) -> Filed:
    """Return a report as the rules see it."""
    return Filed(
        report_id=row.report_id,
        version=row.version,
        level=Level(row.level),
        share=row.share,
        sources=frozenset(row.sources),
        content=row.digest,
        ruling=Ruling(row.ruling) if row.ruling else None,
        flags=frozenset(row.content.get("flags", ())),
    )


def report_of(row: ReportRow) -> originality.Report:
    """Return a report as it is told, with its ruling."""
    report = msgspec.convert(row.content, originality.Report)
    ruling: Any = row.ruling
    return msgspec.structs.replace(
        report, ruling=ruling, ruled_by=row.ruled_by, ruled_at=row.ruled_at, reason=row.reason
    )


def save_report(session: Session, report: originality.Report, made: Filed, seen: Seen) -> None:
    """File a report above the others of its entry, with what it went by."""
    last = select(func.max(ReportRow.number)).where(ReportRow.entry_id == report.entry_id)
    session.add(
        ReportRow(
            report_id=report.report_id,
            contest_id=report.contest_id,
            entry_id=report.entry_id,
            number=(session.scalar(last) or 0) + 1,
            version=report.version,
            level=report.level,
            share=report.share,
            sources=sorted(made.sources),
            content=msgspec.to_builtins(report),
            digest=made.content,
            ideas=sorted({idea.source_id for idea in report.ideas}),
            seen=seen.written,
        )
    )
    session.flush()


def line_of(row: ReportRow) -> originality.ReportLine:
    """Return a report as a line of a list."""
    report = report_of(row)
    return originality.ReportLine(
        report_id=report.report_id,
        entry_id=report.entry_id,
        level=report.level,
        share=report.share,
        sources=len(report.matches),
        ruling=report.ruling,
    )


def load_report(session: Session, entry_id: str, report_id: str) -> tuple[ReportRow, ReportRow]:
    """Find a report and the one of its entry that counts, and lock both; or `UnknownReport`."""
    query = select(ReportRow).where(
        ReportRow.report_id == report_id, ReportRow.entry_id == entry_id
    )
    row = session.scalar(query.with_for_update())
    if row is None:
        raise UnknownReport("There is no report {report_id}.", report_id=report_id)
    return row, newest(session, row.entry_id, lock=True) or row


def save_ruling(row: ReportRow, ruling: Ruling, reason: str, *, by: str, at: datetime) -> None:
    """Write a person's ruling on a report."""
    row.ruling, row.reason, row.ruled_by, row.ruled_at = ruling, reason, by, at
