"""A prize list on its way: the council's decisions, minutes, submission, return; money."""

from datetime import date

from litestar import get
from litestar.params import JSONBody
from msgspec import Struct
from msgspec.structs import asdict

from contracts import awards
from services.gateway.api.routes import Name, do
from services.gateway.caller import Calling

PRIZES = "/contests/{contest_id:str}/prizes"


class Unawarded(Struct, frozen=True, kw_only=True):
    """How many of a prize are awarded, by which minutes, and why not all."""

    prize: str
    count: int
    minutes: str
    reason: str


class SideWinners(Struct, frozen=True, kw_only=True):
    """Which entries get a side prize, by which minutes, and why."""

    prize: str
    entry_ids: tuple[str, ...]
    minutes: str
    reason: str


class PrizeMinutes(Struct, frozen=True, kw_only=True):
    """The minutes of the prize meeting: number, day, what it came to."""

    number: str
    held_on: date
    conclusion: str


class Submitted(Struct, frozen=True, kw_only=True):
    """The submission (Tờ trình): number and day."""

    number: str
    dated: date


class SentBack(Struct, frozen=True, kw_only=True):
    """Which authority returns the list, and why."""

    authority: str
    reason: str


@do(PRIZES + "/unawarded")
async def leave_unawarded(caller: Calling, contest_id: Name, data: JSONBody[Unawarded]) -> None:
    """Leave some of a prize unawarded; the list is to be drawn up anew."""
    await caller.tell(awards.LeaveUnawarded(contest_id=contest_id, **asdict(data)))


@do(PRIZES + "/side")
async def name_side_prize(caller: Calling, contest_id: Name, data: JSONBody[SideWinners]) -> None:
    """Name who gets a side prize; the list is to be drawn up anew."""
    await caller.tell(awards.NameSidePrize(contest_id=contest_id, **asdict(data)))


@do(PRIZES + "/meeting")
async def record_prize_meeting(
    caller: Calling, contest_id: Name, data: JSONBody[PrizeMinutes]
) -> None:
    """Record the minutes of the meeting on the list."""
    await caller.tell(awards.RecordPrizeMeeting(contest_id=contest_id, **asdict(data)))


@do(PRIZES + "/submission")
async def submit_prizes(caller: Calling, contest_id: Name, data: JSONBody[Submitted]) -> None:
    """Bring the list before the authorities."""
    await caller.tell(awards.SubmitPrizes(contest_id=contest_id, **asdict(data)))


@do(PRIZES + "/returns")
async def return_prizes(caller: Calling, contest_id: Name, data: JSONBody[SentBack]) -> None:
    """Return the list for reasons, as an authority."""
    await caller.tell(awards.ReturnPrizes(contest_id=contest_id, **asdict(data)))


@get(PRIZES + "/money")
async def show_money(caller: Calling, contest_id: Name) -> awards.MoneyView:
    """Show the contest's money and the law's bonus, what was recalled, and tax."""
    return await caller.ask(awards.ShowMoney(contest_id=contest_id), awards.MoneyView)


ROUTES = (
    leave_unawarded,
    name_side_prize,
    record_prize_meeting,
    submit_prizes,
    return_prizes,
    show_money,
)
