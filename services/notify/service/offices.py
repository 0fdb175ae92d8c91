"""Whom letters to the office go to."""

from kernel.database import Work
from services.notify import store


def office(work: Work) -> tuple[str, ...]:
    """Return who runs contests here, each once."""
    serving = store.load_serving(work.session, "secretary", "organiser")
    return tuple(one.person_id for one in serving)
