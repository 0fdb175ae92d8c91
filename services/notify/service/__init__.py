"""The notify service: hears what concerns people and programs, and tells them.

Handlers only queue. `Sending`, `Returning` and `Reminding` have the timers, `Desk`, `Box`,
`Phrasing`, `Proof`, `Nudging` and `Admitting` what may be asked; the rest is one module per
topic of events: `Known`, `Learning`, `Entries`, `Judging`, `Results`, `Disputing`, `Moments`.
"""

from kernel.crunch import Crunch
from kernel.database import Database
from kernel.settings import Settings
from services.notify.figures import FIGURES
from services.notify.service.admitting import Admitting
from services.notify.service.box import Box
from services.notify.service.desk import Desk
from services.notify.service.disputing import Disputing
from services.notify.service.entries import Entries
from services.notify.service.judging import Judging
from services.notify.service.known import Known
from services.notify.service.learning import Learning
from services.notify.service.moments import Moments
from services.notify.service.nudging import Nudging
from services.notify.service.phrasing import Phrasing
from services.notify.service.proof import Proof
from services.notify.service.reminding import Reminding
from services.notify.service.results import Results
from services.notify.service.returning import Returning
from services.notify.service.sending import Sending
from services.notify.service.tending import Tending
from services.notify.settings import NotifySettings
from telemetry.provider import Telemetry


class NotifyService(
    Known,
    Learning,
    Entries,
    Judging,
    Results,
    Disputing,
    Moments,
    Reminding,
    Nudging,
    Sending,
    Returning,
    Desk,
    Box,
    Phrasing,
    Proof,
    Admitting,
    Tending,
):
    """Owns deliveries, templates and webhooks. Hears everybody who has news for somebody."""

    name = "notify"
    database = Database()
    bulk = Crunch("services.notify.bulk", seconds=300, nice=5, patience=7.0)
    telemetry = Telemetry(*FIGURES)
    settings = Settings(NotifySettings)
