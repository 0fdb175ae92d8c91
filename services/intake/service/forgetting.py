"""What nobody asks for any more is forgotten."""

from datetime import timedelta

from kernel.database import Work
from kernel.messaging import every
from services.intake.settings import IntakeSettings
from services.intake.store import requests


class Forgetting:
    """A beat comes every half minute, and each leaves the answer to a command behind."""

    settings: IntakeSettings

    @every(seconds=600)
    def forget_requests(self, work: Work) -> None:
        """Forget the answers to commands that are too old to be repeated."""
        kept = timedelta(days=self.settings.request_days)
        requests.forget(work.session, work.now - kept)
