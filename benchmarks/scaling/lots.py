"""A lot of work for each service: what is made ready in its database, and the messages that wait.

The services, their tables and what they are told are the real ones; only those who would have said
it stand aside. Start with `LOTS`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from random import Random
from typing import Any

import msgspec

from benchmarks.entrants import DESCRIPTION, ROOT
from contracts import intake, review
from contracts.message import Actor, Message
from kernel import envelope
from kernel.objects import Bucket
from kernel.settings import KernelSettings, load
from kernel.testing import Bench, actor
from services.intake.service import IntakeService
from services.notify.service import NotifyService
from services.originality.service import OriginalityService
from services.review.service import ReviewService
from tests.service.intake.conftest import DECLARED, IN_TIME
from tests.service.intake.conftest import Contest as Window
from tests.service.notify import events as notices
from tests.service.originality.conftest import MORNING
from tests.service.originality.conftest import Contest as Register
from tests.service.review.conftest import JUDGES
from tests.service.review.conftest import Contest as Jury
from tests.service.review.keys import sheet
from tests.unit.originality.builders import some_rules
from tests.unit.review.builders import CLOSING, DAY_AFTER, a_contest, marks

WORDS = 400  # of a description


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that a service will find on the broker."""

    exchange: str
    key: str
    tenant: str
    id: str
    body: bytes


@dataclass
class Within:
    """A bench as one tenant sees it."""

    bench: Bench
    tenant: str

    def ask(self, message: Any, **said: Any) -> Any:  # noqa: ANN401
        """Ask as of this tenant."""
        return self.bench.ask(message, tenant=self.tenant, **said)

    def hear(self, event: Any, **said: Any) -> str:  # noqa: ANN401
        """Tell as of this tenant."""
        heard = self.bench.hear(event, tenant=self.tenant, **said)
        if heard != "done":
            raise RuntimeError(f"{type(event).__name__}: {heard}; {self.bench.errors()}")
        return heard

    @property
    def announced(self) -> list[Any]:
        """Return what has been said, of all tenants."""
        return self.bench.announced


@dataclass(frozen=True, slots=True)
class Lot:
    """A kind of work: who does it, how it is made ready, how what is done is counted."""

    service: str
    kind: type
    unit: str
    prepare: Callable[[Within, int, dict[str, str]], Iterator[Waiting]]
    done: str


def command(tenant: str, message: Message, by: Actor, at: datetime) -> Waiting:
    """Return a command as the gateway sends it."""
    wrapped = envelope.wrap(message, tenant=tenant, actor=by, occurred_at=at)
    service = envelope.owner_of(type(message))
    return Waiting("gateway", f"{service}.command", tenant, wrapped.id, envelope.encode(wrapped))


def event(tenant: str, message: Message, at: datetime) -> Waiting:
    """Return an event as its speaker's relay sends it."""
    wrapped = envelope.wrap(message, tenant=tenant, actor=actor(), occurred_at=at)
    key = f"event.{type(message).__name__}"
    return Waiting(
        envelope.owner_of(type(message)), key, tenant, wrapped.id, envelope.encode(wrapped)
    )


def submissions(bench: Within, count: int, _told: dict[str, str]) -> Iterator[Waiting]:
    """Fill in so many entries, each with its document stored; handing them in is left."""
    window = Window(bench)  # type: ignore[arg-type]  # as a test's bench
    window.open()
    for number in range(count):
        author = actor("entrant", id=f"p-{bench.tenant}-{number}")
        entry_id = window.draft(author)
        window.upload(entry_id, DESCRIPTION.read_bytes(), "docx", by=author)
        asked = intake.SubmitEntry(entry_id=entry_id, declarations=DECLARED)
        yield command(bench.tenant, asked, author, IN_TIME)


def sheets(bench: Within, count: int, _told: dict[str, str]) -> Iterator[Waiting]:
    """Open a round; each judge's sheets, sealed, are left to be given."""
    jury = Jury(bench)  # type: ignore[arg-type]  # as a test's bench
    bench.hear(
        intake.ContestOpened(
            contest_id="HG-2022", rules=a_contest(), sha256="0" * 64, opened_at=CLOSING
        )
    )
    for judge_id in JUDGES:
        jury.register(judge_id)
    jury.seat()
    jury.enter(*(f"{bench.tenant}-{number}" for number in range(count // 2)))
    jury.open()
    text = review.SheetText(marks=marks(80), comment="Rõ ràng.")
    codes = {one.entry_id: one.code for one in jury.said(review.JudgesAssigned)}
    for entry_id, judges in jury.panels().items():
        if not entry_id.startswith(f"{bench.tenant}-"):
            continue
        for judge_id in judges:
            given = sheet(bench, judge_id, text)  # type: ignore[arg-type]
            asked = review.GiveMarks(
                contest_id="HG-2022", round_id="SO_KHAO", code=codes[entry_id], **given
            )
            yield command(bench.tenant, asked, actor("judge", id=judge_id), DAY_AFTER)


def people(bench: Within, count: int, _told: dict[str, str]) -> Iterator[Waiting]:
    """Tell review of so many people: the lightest there is to hear."""
    for number in range(count):
        said = intake.PersonRegistered(
            person_id=f"{bench.tenant}-{number}", full_name="Nguyễn Văn An", email="an@vd.vn"
        )
        yield event(bench.tenant, said, CLOSING)


def checks(bench: Within, count: int, told: dict[str, str]) -> Iterator[Waiting]:
    """Open a contest; so many descriptions, each in the store, are left to be compared."""
    files = Bucket()
    files.connect(load(KernelSettings, told))
    rules = some_rules()
    register = Register(bench, files, rules)  # type: ignore[arg-type]
    register.open(cutoff=date(2022, 6, 30))
    for number in range(count):
        text = description(f"{bench.tenant}-{number}").encode()
        said = intake.EntrySubmitted(
            **register.about(f"{bench.tenant}-{number}"),
            version=1,
            received_at=MORNING,
            area="TTHC",
            kind="INDIVIDUAL",
            group="NGUOI_DAN",
            channel="ONLINE",
            documents=(register.upload(text, "BAN_THUYET_MINH", "text/plain"),),
        )
        yield event(bench.tenant, said, MORNING)


def letters(bench: Within, count: int, _told: dict[str, str]) -> Iterator[Waiting]:
    """Let notify know a contest and an entrant; telling of so many entries is left."""
    bench.hear(notices.opened())
    bench.hear(notices.person("p-1"))
    for number in range(count):
        said = msgspec.structs.replace(
            notices.submitted(number), entry_id=f"{bench.tenant}-{number}"
        )
        yield event(bench.tenant, said, notices.CLOSING)


@cache
def vocabulary() -> tuple[str, ...]:
    """Return the words of the demo's entries."""
    texts = (path.read_text() for path in sorted((ROOT / "demo/entries").glob("*.md")))
    return tuple(sorted({word for text in texts for word in text.split() if word.isalpha()}))


def description(seed: str) -> str:
    """Write a text that nobody else has."""
    chance = Random(seed)  # noqa: S311  # nothing secret
    return ". ".join(" ".join(chance.choices(vocabulary(), k=20)) for _ in range(WORDS // 20))


SAID = "SELECT count(*) FROM outbox WHERE type = "
LOTS = {
    "intake": Lot(
        "intake", IntakeService, "submissions", submissions, f"{SAID}'intake.EntrySubmitted'"
    ),
    "review": Lot("review", ReviewService, "sheets", sheets, f"{SAID}'review.SheetSealed'"),
    "people": Lot(
        "review", ReviewService, "people", people,
        "SELECT count(*) FROM inbox WHERE state = 'done'",
    ),
    "originality": Lot(
        "originality", OriginalityService, "checks", checks,
        f"{SAID}'originality.OriginalityReported'",
    ),
    "notify": Lot(
        "notify", NotifyService, "letters", letters,
        "SELECT count(*) FROM delivery WHERE state = 'SENT'",
    ),
}  # fmt: skip
