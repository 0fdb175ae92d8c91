"""Ways in for minutes: drafted from the record, checked, issued."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from msgspec import to_builtins

from contracts import review
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.messaging import command
from kernel.objects import Bucket
from kernel.settings import Settings
from services.review import store
from services.review.domain.minutes import stages
from services.review.domain.minutes.drawing import numbered
from services.review.domain.minutes.paper import Paper
from services.review.papers import print_minutes
from services.review.service.access import require_here
from services.review.service.minuting import (
    asked_of,
    began,
    check_signers,
    new_version,
    view,
)
from services.review.service.recalling import Asked, drawn
from services.review.settings import ReviewSettings
from services.review.store.minutes_tables import MinutesRow

MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class Minutes:
    """Draws up minutes of rounds, takes the word of the two who sign, keeps every version."""

    settings = Settings(ReviewSettings)
    printer: Crunch
    files: Bucket

    @command
    def draft_minutes(self, asked: review.DraftMinutes, work: Work) -> review.MinutesView:
        """Draw minutes up from the record: new ones, a draft anew, or a new version."""
        require_here(work, asked.contest_id, "chair", "secretary", "organiser")
        contest = store.load_contest(work.session, asked.contest_id)
        rows: Sequence[MinutesRow] = ()
        if asked.minutes_id is not None:
            rows = store.lock_minutes(work.session, asked.contest_id, asked.minutes_id)
        versions = [store.version_of(row) for row in rows]
        number, _ = stages.next_version(versions, asked.round_id, asked.kind, asked.reason)
        played = began(work, asked.contest_id, asked.round_id)
        found = Asked(
            contest=store.as_opened(work.session, contest, played),
            played=played,
            minutes_id=asked.minutes_id or work.new_id(),
            kind=asked.kind,
            meeting=asked.meeting,
            drafter=work.actor.id,
            reason=asked.reason,
            replaced=rows[number - 2] if number > 1 else None,
        )
        paper, attendance = drawn(work, found)
        row = new_version(work, found, number, rows)
        row.keeper_id, row.presider_id = attendance.keeper, attendance.presider
        row.meeting, row.reason, row.digest = (
            to_builtins(asked.meeting),
            asked.reason,
            paper.digest,
        )
        row.files = self.printed(work, paper.paper)
        work.session.add(row)
        return view(row, ())

    @command
    def check_minutes(self, asked: review.CheckMinutes, work: Work) -> review.MinutesView:
        """Take the word of who kept the minutes that a draft is right."""
        row, found = asked_of(work, asked.contest_id, asked.minutes_id)
        check_signers(work, row)
        paper, attendance = drawn(work, found)
        stages.check(store.version_of(row), work.actor.id, paper, attendance, work.now)
        row.state, row.checked_at = "CHECKED", work.now
        row.checked_by = work.actor.true_id or work.actor.id
        work.announce(
            review.MinutesChecked(
                contest_id=row.contest_id,
                round_id=row.round_id,
                minutes_id=row.minutes_id,
                version=row.version,
                kind=found.kind,
                digest=row.digest,
            )
        )
        return view(row, ())

    @command
    def issue_minutes(self, asked: review.IssueMinutes, work: Work) -> review.MinutesView:
        """Issue checked minutes as who presided: numbered, dated, printed, announced."""
        row, found = asked_of(work, asked.contest_id, asked.minutes_id)
        check_signers(work, row)
        paper, _ = drawn(work, found)
        stages.issue(store.version_of(row), work.actor.id, paper)
        rules = found.contest.rules
        dated = work.now.astimezone(ZoneInfo(rules.timezone)).date()
        series = (rules.minutes.issuer, rules.minutes.symbol, dated.year)
        number = store.draw_minutes_number(work.session, *series)
        row.number, row.dated = f"{number:02d}/{rules.minutes.symbol}", dated
        row.state, row.issued_at = "ISSUED", work.now
        row.issued_by = work.actor.true_id or work.actor.id
        row.files = self.printed(work, numbered(paper.paper, row.number))
        work.announce(
            review.MinutesIssued(
                contest_id=row.contest_id,
                round_id=row.round_id,
                minutes_id=row.minutes_id,
                version=row.version,
                kind=found.kind,
                number=row.number,
                dated=dated,
                digest=row.digest,
                pdf_sha256=row.files["pdf"]["sha256"],
                docx_sha256=row.files["docx"]["sha256"],
            )
        )
        return view(row, ())

    def printed(self, work: Work, paper: Paper) -> dict[str, dict[str, str]]:
        """Print minutes and put both files into the bucket, under keys that tell nothing."""
        made = print_minutes(self.printer, paper, self.settings.font_path, work)
        kept = {}
        for form, sheet in (("pdf", made.pdf), ("docx", made.docx)):
            key = f"minutes/{work.new_id()}"
            self.files.put(key, sheet.content, MEDIA[form])
            kept[form] = {"key": key, "sha256": sheet.sha256}
        return kept
