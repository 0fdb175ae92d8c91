"""The notify service: hears what concerns people and programs, and tells them.

Handlers only queue. `Sending` has the timers that send, `Desk` what may be asked; the rest is
one module per topic of events: `Known`, `Entries`, `Judging`, `Results`, `Disputing`.
"""

from kernel.database import Database
from kernel.settings import Settings
from services.notify.service.desk import Desk
from services.notify.service.disputing import Disputing
from services.notify.service.entries import Entries
from services.notify.service.judging import Judging
from services.notify.service.known import Known
from services.notify.service.results import Results
from services.notify.service.sending import Sending
from services.notify.settings import NotifySettings


class NotifyService(Known, Entries, Judging, Results, Disputing, Sending, Desk):
    """Owns deliveries, templates and webhooks. Hears everybody who has news for somebody."""

    name = "notify"
    database = Database()
    settings = Settings(NotifySettings)
