"""Hears what only the statistics need to know of entries; the rest is heard by `hearing`."""

from contracts import intake
from kernel.database import Work
from kernel.messaging import subscribe
from services.awards import store


class Counting:
    """The ears of the statistics."""

    @subscribe
    def count_submitted(self, heard: intake.EntrySubmitted, work: Work) -> None:
        """Count an entry where its newest version says it belongs."""
        store.count_submitted(work.session, heard)

    @subscribe
    def count_refused(self, heard: intake.EntryRefused, work: Work) -> None:
        """Count an entry as refused."""
        store.count_ended(work.session, heard, "REFUSED")
