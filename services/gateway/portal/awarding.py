"""The page of a contest's prizes: the list on its way, money, prizes taken back."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from litestar import Response, get, post
from litestar.response import Redirect

from contracts import awards
from contracts.message import Command
from contracts.rules import Rules
from kernel.errors import Refused
from services.gateway import words
from services.gateway.api.routes import Name
from services.gateway.caller import Caller, Calling
from services.gateway.portal.answering import go_or_say, kept
from services.gateway.portal.asking import unless_refused
from services.gateway.portal.desk import NoSuchStep, rules_of
from services.gateway.portal.forms import Posted, Sent
from services.gateway.portal.pages import page

PATH = "/toi/xet-giai/{contest_id:str}"
GROUNDS = words.Names(
    {
        "COPY": "Sao chép",
        "FALSE_DATA": "Số liệu, thông tin không đúng sự thật",
        "INELIGIBLE": "Không đủ điều kiện dự thi",
        "REVISION": "Điều chỉnh kết quả",
    }
)
LEDGERS = words.Names({"CONTEST": "Tiền giải của cuộc thi", "BONUS": "Tiền thưởng theo luật"})
KINDS = words.Names({"DUE": "Được nhận", "RECALLED": "Phải thu hồi", "RECOVERED": "Đã thu hồi"})


class NoDayChosen(Refused):
    """Choose a day."""


class BadWholeNumber(Refused):
    """Write a whole number."""


@get(PATH)
async def show_awarding(caller: Calling, contest_id: Name) -> Response[str]:
    """Show where the prize list stands and what may be done with it."""
    return await awarding_page(caller, contest_id)


@post(PATH, status_code=200)
async def take_awarding_step(posted: Sent, contest_id: Name) -> Response[str] | Redirect:
    """Take one step with the list, a revocation or a recovery."""
    step = take_step(posted, contest_id)
    again = partial(awarding_page, posted.caller, contest_id, posted)
    return await go_or_say(step, f"/toi/xet-giai/{contest_id}", again)


async def take_step(posted: Posted, contest_id: str) -> None:
    """Ask for what a form says. Raises `NoSuchStep`, `NoDayChosen`, `BadWholeNumber`."""
    if posted["step"] not in STEPS:
        raise NoSuchStep
    await posted.caller.ask(STEPS[posted["step"]](posted, contest_id), object)


def propose(_posted: Posted, contest_id: str) -> Command:
    """Draw the list up."""
    return awards.ProposePrizes(contest_id=contest_id)


def part(posted: Posted, contest_id: str) -> Command:
    """Record the vote on equals."""
    return awards.ResolveTie(
        contest_id=contest_id,
        order=tuple(posted["order"].split()),
        minutes=posted["minutes"],
        reason=posted["reason"],
    )


def leave(posted: Posted, contest_id: str) -> Command:
    """Leave some of a prize unawarded."""
    return awards.LeaveUnawarded(
        contest_id=contest_id,
        prize=posted["prize"],
        count=number(posted["count"]),
        minutes=posted["minutes"],
        reason=posted["reason"],
    )


def name(posted: Posted, contest_id: str) -> Command:
    """Name who gets a side prize."""
    return awards.NameSidePrize(
        contest_id=contest_id,
        prize=posted["prize"],
        entry_ids=tuple(posted["entry"].split()),
        minutes=posted["minutes"],
        reason=posted["reason"],
    )


def meet(posted: Posted, contest_id: str) -> Command:
    """Record the minutes of the meeting."""
    return awards.RecordPrizeMeeting(
        contest_id=contest_id,
        number=posted["number"],
        held_on=day(posted["day"]),
        conclusion=posted["conclusion"],
    )


def submit(posted: Posted, contest_id: str) -> Command:
    """Submit the list."""
    dated = day(posted["day"])
    return awards.SubmitPrizes(contest_id=contest_id, number=posted["number"], dated=dated)


def approve(posted: Posted, contest_id: str) -> Command:
    """Approve as an authority what was read."""
    drawn = number(posted["drawn"])
    return awards.ApprovePrizes(contest_id=contest_id, authority=posted["authority"], drawn=drawn)


def send_back(posted: Posted, contest_id: str) -> Command:
    """Return the list as an authority."""
    return awards.ReturnPrizes(
        contest_id=contest_id, authority=posted["authority"], reason=posted["reason"]
    )


def publish(posted: Posted, contest_id: str) -> Command:
    """Publish, at once or from an instant on."""
    since = posted["public_from"]
    public_from = words.read_moment(since) if since else None
    return awards.PublishResults(contest_id=contest_id, public_from=public_from)


def revoke(posted: Posted, contest_id: str) -> Command:
    """Take a prize back."""
    ground = posted["ground"]
    return awards.RevokeAward(
        contest_id=contest_id,
        entry_id=posted["entry"],
        ground=ground,  # type: ignore[arg-type]  # the service reads it strictly
        reason=posted["reason"],
    )


def recover(posted: Posted, contest_id: str) -> Command:
    """Record what came back."""
    ledger = posted["ledger"] or None
    return awards.RecordRecovery(
        contest_id=contest_id,
        entry_id=posted["entry"],
        document=posted["document"],
        ledger=ledger,  # type: ignore[arg-type]  # so here
        amount_vnd=number(posted["amount"]) if posted["amount"] else 0,
        certificate=bool(posted["certificate"]),
    )


STEPS: Mapping[str, Callable[[Posted, str], Command]] = {
    "propose": propose,
    "tie": part,
    "unawarded": leave,
    "side": name,
    "meeting": meet,
    "submit": submit,
    "approve": approve,
    "return": send_back,
    "publish": publish,
    "revoke": revoke,
    "recover": recover,
}


def day(text: str) -> date:
    """Read a day as a form sends it; raises `NoDayChosen`."""
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise NoDayChosen from problem


def number(text: str) -> int:
    """Read a whole number, thousands parted by points or not; raises `BadWholeNumber`."""
    digits = text.replace(".", "").replace(" ", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 15):
        raise BadWholeNumber
    return int(digits)


async def awarding_page(
    caller: Caller,
    contest_id: str,
    posted: Posted | None = None,
    refused: tuple[str, int] = ("", 200),
) -> Response[str]:
    """Show the page; `refused` is why a step was not taken, and the status that says so."""
    money_asked = caller.ask(awards.ShowMoney(contest_id=contest_id), awards.MoneyView)
    listed = awards.ListRevocations(contest_id=contest_id)
    revoked_asked = caller.ask(listed, tuple[awards.Revocation, ...])
    rules, prizes, money, revoked = await asyncio.gather(
        rules_of(caller, contest_id),
        caller.ask(awards.ShowPrizes(contest_id=contest_id), awards.PrizeList),
        unless_refused(money_asked, None),
        unless_refused(revoked_asked, ()),
    )
    roles = caller.account.roles_in(contest_id)
    fields = posted.fields if posted else {}
    return page(
        caller,
        "awarding.html",
        refused[1],
        mistake=refused[0],
        rules=rules,
        prizes=prizes,
        money=money,
        revoked=revoked,
        prize_names={one.code: one.name for one in rules.prizes},
        authority_names={one.code: one.name for one in rules.authorities},
        titles={line.entry_id: line.title for line in prizes.lines},
        mine=mine(rules, prizes, roles),
        offices=frozenset(
            one.code for one in rules.authorities if f"authority:{one.code}" in roles
        ),
        grounds={code: GROUNDS[code] for code in rules.awarding.grounds},
        ground_names=GROUNDS,
        ledgers=LEDGERS,
        kinds=KINDS,
        runs=not roles.isdisjoint({"secretary", "organiser"}),
        organises="organiser" in roles,
        decides=not roles.isdisjoint({"organiser", "chair"}),
        chairs="chair" in roles,
        kept=lambda step: kept(fields, step),
    )


def mine(rules: Rules, prizes: awards.PrizeList, roles: frozenset[str]) -> list[str]:
    """Return the authorities of the caller that have the list before them."""
    ready = prizes.state == "SUBMITTED" or (
        prizes.state == "PROPOSED" and not rules.awarding.submission
    )
    return [one for one in prizes.awaited if ready and f"authority:{one}" in roles]


ROUTES = (show_awarding, take_awarding_step)
