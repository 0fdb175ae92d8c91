"""The page of petitions and complaints: filed, answered, judged again there."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial

from litestar import Response, get, post
from litestar.response import Redirect

from contracts import awards, intake, review
from contracts.message import Command
from contracts.rules import Criterion, Round, Rules
from services.gateway import words
from services.gateway.api.routes import Name
from services.gateway.caller import Caller, Calling
from services.gateway.portal.answering import go_or_say, kept
from services.gateway.portal.asking import given, unless_refused
from services.gateway.portal.desk import NoSuchStep, list_entries, rules_of
from services.gateway.portal.forms import Posted, Sent
from services.gateway.portal.naming import staff_names
from services.gateway.portal.pages import page

PATH = "/toi/kien-nghi/{contest_id:str}"
KINDS = words.Names(
    {"PETITION": "Kiến nghị theo Thể lệ", "COMPLAINT": "Khiếu nại theo Luật Khiếu nại"}
)
STATES = words.Names(
    {
        "FILED": "Đã nhận, chờ thụ lý",
        "ACCEPTED": "Đã thụ lý",
        "REFUSED": "Không thụ lý",
        "REJUDGING": "Đang chấm phúc khảo",
        "REJUDGED": "Đã chấm phúc khảo, chờ trả lời",
        "UPHELD": "Chấp nhận",
        "DISMISSED": "Không chấp nhận",
        "WITHDRAWN": "Đã rút",
    }
)


@get(PATH)
async def show_petitions(caller: Calling, contest_id: Name) -> Response[str]:
    """Show petitions with their clocks, and what the caller may do with each."""
    return await petitions_page(caller, contest_id)


@post(PATH, status_code=200)
async def take_petition_step(posted: Sent, contest_id: Name) -> Response[str] | Redirect:
    """File a petition, or move one on."""
    again = partial(petitions_page, posted.caller, contest_id, posted)
    return await go_or_say(step_of(posted, contest_id), f"/toi/kien-nghi/{contest_id}", again)


async def step_of(posted: Posted, contest_id: str) -> None:
    """Ask for what a form says. Raises `NoSuchStep`, `BadMark`."""
    if posted["step"] == "file":
        await posted.caller.ask(dispute(posted, contest_id), str)
        return
    if posted["step"] not in STEPS:
        raise NoSuchStep
    await posted.caller.ask(STEPS[posted["step"]](posted, posted["petition"]), object)


def dispute(posted: Posted, contest_id: str) -> Command:
    """File a petition or complaint."""
    kind = posted["kind"]
    return awards.FilePetition(
        contest_id=contest_id,
        entry_id=posted["entry"],
        kind=kind,  # type: ignore[arg-type]  # the service reads it strictly
        grounds=posted["grounds"],
    )


def withdraw(_posted: Posted, petition: str) -> Command:
    """Take a petition back."""
    return awards.WithdrawPetition(petition_id=petition)


def accept(posted: Posted, petition: str) -> Command:
    """Take a petition up."""
    return awards.AcceptPetition(petition_id=petition, is_complex=bool(posted["complex"]))


def refuse(posted: Posted, petition: str) -> Command:
    """Refuse to take a petition up."""
    return awards.RefusePetition(petition_id=petition, reason=posted["reason"])


def order(posted: Posted, petition: str) -> Command:
    """Have the entry judged again."""
    return awards.OrderRejudging(
        petition_id=petition,
        round_id=posted["round"],
        criteria=posted.lists.get("criterion", ()),
        minutes=posted["minutes"],
    )


def seat(posted: Posted, petition: str) -> Command:
    """Appoint who judges again."""
    judges = tuple(filter(None, posted.lists.get("judge", ())))
    decision = posted["decision"]
    return review.SeatRejudging(petition_id=petition, judge_ids=judges, decision=decision)


def sheet(posted: Posted, petition: str) -> Command:
    """Hand in a sheet."""
    comment = posted["comment"]
    return review.RejudgeEntry(petition_id=petition, marks=marks(posted), comment=comment)


def answer(posted: Posted, petition: str) -> Command:
    """Answer a petition."""
    return awards.DecidePetition(
        petition_id=petition,
        upheld=posted["upheld"] == "1",
        number=posted["number"],
        answer=posted["answer"],
    )


STEPS: Mapping[str, Callable[[Posted, str], Command]] = {
    "withdraw": withdraw,
    "accept": accept,
    "refuse": refuse,
    "rejudge": order,
    "seat": seat,
    "sheet": sheet,
    "answer": answer,
}


def marks(posted: Posted) -> dict[str, Decimal]:
    """Read the marks off a form; raises `BadMark`."""
    named = {name: text for name, text in posted.fields.items() if name.startswith("mark.")}
    return {name.removeprefix("mark."): words.points(text) for name, text in named.items()}


def lines(rules: Round, criteria: tuple[str, ...]) -> Iterator[tuple[str, str, Decimal]]:
    """Name what takes a mark: code, name and maximum."""
    for one in rules.rubric:
        if one.comment_only or (criteria and one.code not in criteria):
            continue
        yield from line(one)


def line(one: Criterion) -> Iterator[tuple[str, str, Decimal]]:
    """Name a criterion, or each of its parts where those are marked."""
    if one.marked == "parts":
        for part in one.sub:
            yield f"{one.code}.{part.code}", f"{one.name}: {part.name}", part.max
    else:
        yield one.code, one.name, one.max


async def petitions_page(
    caller: Caller,
    contest_id: str,
    posted: Posted | None = None,
    refused: tuple[str, int] = ("", 200),
) -> Response[str]:
    """Show the page; `refused` is why a step was not taken, and the status that says so."""
    filed = caller.ask(
        awards.ListPetitions(contest_id=contest_id), tuple[awards.PetitionView, ...]
    )
    again = caller.ask(
        review.ListRejudgings(contest_id=contest_id), tuple[review.RejudgingView, ...]
    )
    roles = caller.account.roles_in(contest_id)
    runs = not roles.isdisjoint({"organiser", "secretary"})
    rules, petitions, rejudgings, entries, names = await asyncio.gather(
        rules_of(caller, contest_id),
        unless_refused(filed, ()),
        unless_refused(again, ()),
        given(()) if runs else unless_refused(list_entries(caller, contest_id), ()),
        staff_names(caller, contest_id) if runs else given({}),
    )
    answers = "organiser" in roles or any(
        f"authority:{one.code}" in roles for one in rules.authorities
    )
    fields = posted.fields if posted else {}
    return page(
        caller,
        "petitions.html",
        refused[1],
        mistake=refused[0],
        rules=rules,
        petitions=petitions,
        rejudgings={one.petition_id: one for one in rejudgings},
        rubrics=rubrics(rules, rejudgings),
        rounds={one.id: one for one in rules.rounds},
        own=titles(entries),
        kinds=KINDS,
        states=STATES,
        names=names,
        again_names=lambda ids: "; ".join(names.get(one, one) for one in ids),
        me=caller.account.id,
        runs=runs,
        answers=answers,
        kept=lambda step: kept(fields, step),
    )


def rubrics(
    rules: Rules, rejudgings: tuple[review.RejudgingView, ...]
) -> dict[str, list[tuple[str, str, Decimal]]]:
    """Return what is marked again, by petition."""
    rounds = {one.id: one for one in rules.rounds}
    return {one.petition_id: list(lines(rounds[one.round_id], one.criteria)) for one in rejudgings}


def titles(entries: tuple[intake.EntryLine, ...]) -> dict[str, str]:
    """Return the titles of the caller's accepted entries, by their ids."""
    return {one.entry_id: one.title for one in entries if one.state == "ACCEPTED"}


ROUTES = (show_petitions, take_petition_step)
