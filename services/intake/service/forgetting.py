"""What nobody asks for any more is forgotten."""

from datetime import timedelta

from kernel.database import Work
from kernel.messaging import every
from services.intake.settings import IntakeSettings
from services.intake.store import requests, shares


class Forgetting:
    """Answers to commands, of which every beat leaves one, and links that have ended."""

    settings: IntakeSettings

    @every(seconds=600)
    def forget_requests(self, work: Work) -> None:
        """Forget the answers to commands that are too old to be repeated."""
        kept = timedelta(days=self.settings.request_days)
        requests.forget(work.session, work.now - kept)

    @every(seconds=600)
    def forget_shares(self, work: Work) -> None:
        """Forget links to documents that ended so long ago that nobody asks who had them."""
        kept = timedelta(days=self.settings.share_days)
        shares.forget(work.session, work.now - kept)
