"""How many entries and prizes there were, shown, drawn, and as a workbook."""

from contracts import awards
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.errors import require
from kernel.messaging import query
from services.awards.charts.bars import draw_bars
from services.awards.orders import draw_workbook
from services.awards.statistics import in_bars, in_sheets, statistics_of


class Statistics:
    """What can be read about numbers; names of people are in none of it."""

    press: Crunch

    @query
    def show_statistics(self, asked: awards.ShowStatistics, work: Work) -> awards.Statistics:
        """Count entries and prizes of contests side by side."""
        return counted(work, asked.contest_ids)

    @query
    def export_statistics(self, asked: awards.ExportStatistics, work: Work) -> bytes:
        """Return the same as a workbook."""
        return draw_workbook(self.press, in_sheets(counted(work, asked.contest_ids)))

    @query
    def draw_statistics(self, asked: awards.DrawStatistics, work: Work) -> str:
        """Draw the same by one dimension."""
        return draw_bars(in_bars(counted(work, asked.contest_ids), asked.by))


def counted(work: Work, contest_ids: tuple[str, ...]) -> awards.Statistics:
    """Count for those who may know: the office, and authorities."""
    if not any(role.startswith("authority:") for role in work.actor.roles):
        require(work.actor, "organiser", "secretary")
    return statistics_of(work.session, contest_ids, work.now)
