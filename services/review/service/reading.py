"""Ways in for who reads minutes: the list, and links to the files."""

from contracts import review
from kernel.database import Work
from kernel.messaging import query
from kernel.objects import Bucket
from kernel.settings import Settings
from services.review import store
from services.review.domain.minutes.stages import UnknownMinutes
from services.review.service.minuting import readable, view
from services.review.settings import ReviewSettings


class Reading:
    """Shows minutes to those who may read them."""

    settings = Settings(ReviewSettings)
    files: Bucket

    @query
    def list_minutes(
        self, asked: review.ListMinutes, work: Work
    ) -> tuple[review.MinutesView, ...]:
        """List the versions the asker may read."""
        contest = store.load_contest(work.session, asked.contest_id)
        rows = store.load_minutes(work.session, asked.contest_id, asked.round_id)
        return tuple(view(row, rows) for row in readable(work, contest, rows))

    @query
    def link_minutes(self, asked: review.LinkMinutes, work: Work) -> str:
        """Give a link to a version to those who may read it; the newest they may unless named."""
        contest = store.load_contest(work.session, asked.contest_id)
        rows = [
            row
            for row in readable(work, contest, store.load_minutes(work.session, asked.contest_id))
            if row.minutes_id == asked.minutes_id
            if asked.version in (None, row.version)
        ]
        if not rows:
            raise UnknownMinutes
        row = max(rows, key=lambda one: one.version)
        name = row.number.replace("/", "-") or "Dự thảo biên bản"
        file_name = f"{name}.{asked.format}"
        return self.files.link(
            row.files[asked.format]["key"], self.settings.link_minutes, file_name
        )
