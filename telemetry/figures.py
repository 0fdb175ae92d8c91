"""Figures that come from a service's own tables, each time Prometheus asks."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import Executable, and_, func, not_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from kernel import clock
from kernel.database import Database, enter
from kernel.tables import EVERY_TENANT, SET_ASIDE, Inbox, Outbox

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Figure:
    """A gauge named `sangkien_<name>`: the question's columns are its labels, the last its value.

    A value that is an instant is shown as its age in seconds. A question without labels has one
    row; no value there is zero.
    """

    name: str
    help: str
    labels: tuple[str, ...]
    question: Executable

    def measure(self, session: Session) -> Metric:
        """Ask the database; return the gauge with a sample per row."""
        gauge = GaugeMetricFamily(f"sangkien_{self.name}", self.help, labels=self.labels)
        row: Any
        for row in session.execute(self.question):
            *labels, value = row
            gauge.add_metric([str(label) for label in labels], number(value))
        return gauge


def number(value: object) -> float:
    """Return what a gauge shows of a value: an instant's age in seconds, nothing as zero."""
    match value:
        case None:
            return 0.0
        case datetime():
            return max(0.0, (clock.now() - value).total_seconds())
        case _:
            return float(str(value))


unsent = Outbox.sent_at.is_(None)
failed = and_(Inbox.state == "retry", not_(SET_ASIDE))
BACKLOG = (
    Figure(
        "outbox_waiting",
        "Events not yet confirmed by the broker",
        (),
        select(func.count()).select_from(Outbox).where(unsent),
    ),
    Figure(
        "outbox_oldest_seconds",
        "Age of the oldest event not yet confirmed by the broker",
        (),
        select(func.min(Outbox.created_at)).where(unsent),
    ),
    Figure(
        "inbox_retrying",
        "Events that failed and will be tried again",
        (),
        select(func.count()).select_from(Inbox).where(failed),
    ),
    Figure(
        "inbox_oldest_seconds",
        "Age of the oldest event that failed and will be tried again",
        (),
        select(func.min(Inbox.received_at)).where(failed),
    ),
    Figure(
        "inbox_waiting",
        "Events set aside until it is their tenant's turn",
        ("entrypoint",),
        select(Inbox.handler, func.count()).where(SET_ASIDE).group_by(Inbox.handler),
    ),
    Figure(
        "inbox_dead",
        "Events given up, waiting for an operator",
        (),
        select(func.count()).select_from(Inbox).where(Inbox.state == "dead"),
    ),
)


class Tables(Collector):
    """Asks all figures in one transaction that sees every tenant and cannot write.

    `sangkien_database_up` is 0, and the others are left out, while the database is away.
    """

    def __init__(self, database: Database, figures: Iterable[Figure]) -> None:
        self.database = database
        self.figures = tuple(figures)

    def collect(self) -> Iterator[Metric]:
        """Yield what was found."""
        up = GaugeMetricFamily("sangkien_database_up", "Whether the database answered just now")
        found: list[Metric] = []
        try:
            with self.database.sessions.begin() as session:
                enter(session, EVERY_TENANT, read_only=True)
                found = [figure.measure(session) for figure in self.figures]
        except SQLAlchemyError as error:
            log.warning("figures unavailable", extra={"fields": {"why": type(error).__name__}})
        up.add_metric([], 1.0 if found else 0.0)
        return iter([up, *found])

    def describe(self) -> Iterable[Metric]:
        """Say nothing beforehand, so that registering asks no database."""
        return ()
