"""Connections to counterparties: `Timed` is a socket with one time limit, `Line` speaks HTTP."""

from services.notify.calling.speaking import Answer, Line, Unanswered
from services.notify.calling.timed import Lines, Timed, open_timed, secure, trusting

__all__ = [
    "Answer",
    "Line",
    "Lines",
    "Timed",
    "Unanswered",
    "open_timed",
    "secure",
    "trusting",
]
