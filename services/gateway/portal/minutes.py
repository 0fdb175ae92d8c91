"""The page of a contest's minutes: drafted, checked, issued there; all versions to download."""

import asyncio
from collections.abc import Iterator
from datetime import datetime

from litestar import Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect
from msgspec import ValidationError, convert

from contracts import review
from contracts.review.minutes import Absence, Opinion
from kernel.errors import NotFound, Refused
from services.gateway import words
from services.gateway.api.awards import paper_name
from services.gateway.api.routes import Name, elsewhere
from services.gateway.caller import Caller, Calling
from services.gateway.portal.asking import given, unless_refused
from services.gateway.portal.desk import rules_of
from services.gateway.portal.forms import Posted, Sent
from services.gateway.portal.holding import names_of
from services.gateway.portal.pages import go, page

PATH = "/toi/bien-ban/{contest_id:str}"
DRAFTERS = frozenset({"secretary", "organiser", "chair"})
KINDS = words.Names(
    {
        "OPENING": "Mở vòng chấm và phân công chấm",
        "MISSING": "Xử lý phiếu chấm chưa nộp và thay đổi giám khảo",
        "UNSEALING": "Mở niêm phong phiếu chấm",
        "RECONSIDERING": "Chấm lại và trao đổi về điểm chấm",
        "VOTE": "Biểu quyết xếp thứ tự các bài bằng điểm",
        "CLOSING": "Tổng hợp điểm và khép lại vòng chấm",
    }
)
STATES = words.Names({"DRAFT": "Dự thảo", "CHECKED": "Đã kiểm tra", "ISSUED": "Đã ban hành"})


class NoSuchMinutes(NotFound):
    """There are no minutes of this kind, or there is no such step."""


class BadInstant(Refused):
    """Give day and time of the meeting's beginning and end."""


class BadName(Refused):
    """Write one person a line: the id, an equals sign, the full name."""


@get(PATH)
async def show_minutes(caller: Calling, contest_id: Name) -> Response[str]:
    """Show the minutes of every round that the caller may read."""
    drafts = not DRAFTERS.isdisjoint(caller.account.roles_in(contest_id))
    rules, lines, sitting = await asyncio.gather(
        rules_of(caller, contest_id),
        caller.ask(review.ListMinutes(contest_id=contest_id), tuple[review.MinutesView, ...]),
        seats(caller, contest_id) if drafts else given({}),
    )
    return page(
        caller,
        "minutes.html",
        rules=rules,
        rounds=[
            (one, [line for line in lines if line.round_id == one.id]) for one in rules.rounds
        ],
        newest={line.minutes_id: line.version for line in sorted(lines, key=version)},
        kinds=KINDS,
        states=STATES,
        drafts=drafts,
        seats=sitting,
        me=caller.account.id,
    )


@post(PATH + "/{round_id:str}", status_code=303)
async def draft_minutes(posted: Sent, contest_id: Name, round_id: Name) -> Redirect:
    """Draw minutes up, or draw them up anew."""
    try:
        kind = convert(posted["kind"], review.MinutesKind)
    except ValidationError as problem:
        raise NoSuchMinutes from problem
    command = review.DraftMinutes(
        contest_id=contest_id,
        round_id=round_id,
        kind=kind,
        meeting=meeting(posted),
        minutes_id=posted["minutes_id"] or None,
        reason=posted["reason"],
    )
    await posted.caller.ask(command, review.MinutesView)
    return go(f"/toi/bien-ban/{contest_id}")


@post(PATH + "/{minutes_id:str}/{step:str}", status_code=303)
async def sign_minutes(posted: Sent, contest_id: Name, minutes_id: Name, step: Name) -> Redirect:
    """Check minutes as who kept them, or issue them as who presided."""
    steps = {"kiem-tra": review.CheckMinutes, "ban-hanh": review.IssueMinutes}
    if step not in steps:
        raise NoSuchMinutes
    command = steps[step](contest_id=contest_id, minutes_id=minutes_id)
    await posted.caller.ask(command, review.MinutesView)
    return go(f"/toi/bien-ban/{contest_id}")


@get(PATH + "/tep/{name:str}", status_code=302)
async def fetch_minutes(
    caller: Calling, contest_id: Name, name: Name, ban: FromQuery[int | None] = None
) -> Redirect:
    """Go to a version of minutes: their id with `.pdf` or `.docx`."""
    minutes_id, form = paper_name(name)
    query = review.LinkMinutes(
        contest_id=contest_id, minutes_id=minutes_id, format=form, version=ban
    )
    return elsewhere(await caller.ask(query, str))


def meeting(posted: Posted) -> review.Meeting:
    """Read a meeting off the form; raises `BadInstant`, `BadName`."""
    return review.Meeting(
        place=posted["place"],
        began_at=instant(posted["began_at"]),
        ended_at=instant(posted["ended_at"]),
        presided_by=posted["presided_by"] or None,
        kept_by=posted["kept_by"] or None,
        absent=tuple(
            Absence(person_id=one, reason=posted[f"why.{one}"])
            for one in posted.lists.get("absent", ())
        ),
        present=posted.lists.get("present", ()),
        opinions=tuple(opinions(posted)),
        guests=tuple(filter(None, map(str.strip, posted["guests"].splitlines()))),
        conclusion=posted["conclusion"],
        names=dict(map(named, filter(None, map(str.strip, posted["names"].splitlines())))),
    )


def opinions(posted: Posted) -> Iterator[Opinion]:
    """Return the opinions that were kept, then the one added."""
    for line in posted.lists.get("kept_opinion", ()):
        person_id, said = named(line)
        yield Opinion(person_id=person_id, words=said)
    if posted["speaker"] and posted["opinion"]:
        yield Opinion(person_id=posted["speaker"], words=posted["opinion"])


def version(line: review.MinutesView) -> int:
    """Return which version this is."""
    return line.version


def instant(text: str) -> datetime:
    """Read a time of day in Vietnam, as browsers send it: `2022-08-16T08:00`."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=words.VIETNAM)
    except ValueError as problem:
        raise BadInstant from problem


def named(line: str) -> tuple[str, str]:
    """Read the name of somebody nobody has registered: `id = name`."""
    person_id, sign, name = line.partition("=")
    if not (sign and person_id.strip() and name.strip()):
        raise BadName
    return person_id.strip(), name.strip()


async def seats(caller: Caller, contest_id: str) -> dict[str, str]:
    """Return the logins of those who sit on the jury, by their ids."""
    asked = caller.ask(review.ShowJury(contest_id=contest_id), review.JuryView)
    jury = await unless_refused(asked, None)
    if jury is None:
        return {}
    logins = await names_of(caller)
    sitting = [one.person_id for one in jury.seats if one.left_at is None]
    return {one: logins.get(one, one) for one in dict.fromkeys(sitting)}


ROUTES = (show_minutes, draft_minutes, sign_minutes, fetch_minutes)
