"""What goes to the press and what comes back; apart from the press, which is heavy to import."""

from datetime import datetime

from msgspec import Struct, json, msgpack

from contracts.sandbox import mark_of
from kernel.crunch import Crashed, Crunch
from kernel.database import Work
from kernel.errors import Unavailable
from press.sheets import Printed
from services.review.domain.minutes.paper import Paper


class Job(Struct, frozen=True, kw_only=True):
    """Minutes to print, and the folder the fonts are found under.

    `dated`, an aware instant, becomes the files' own date; every page bears the `mark`.
    """

    font_path: str
    dated: datetime
    paper: Paper
    mark: str = ""


def print_minutes(press: Crunch, paper: Paper, font_path: str, work: Work) -> Printed:
    """Have minutes printed in a child process; raises `Unavailable` where that takes too long."""
    dated = work.now.replace(microsecond=0)  # a PDF's date is good to the second
    job = Job(font_path=font_path, dated=dated, paper=paper, mark=mark_of(work.tenant))
    try:
        return msgpack.decode(press.call("press", json.encode(job)), type=Printed)
    except Crashed as crashed:
        raise Unavailable(str(crashed)) from crashed
