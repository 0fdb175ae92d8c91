"""A judge's desk and sheets: typed, kept as drafts, read over, handed in, read again.

Every step works without JavaScript; `static/sheet.js` does the same over a line that may be cut.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from litestar import Response, get, post
from litestar.enums import MediaType
from litestar.params import FromQuery
from litestar.response import Redirect
from litestar.types import ExceptionHandlersMap
from msgspec import Struct

from contracts import originality, review
from contracts.rules import Round, Rules
from kernel import clock
from kernel.errors import Refused
from services.gateway import domain, problems, sealing, words
from services.gateway.api.routes import Name
from services.gateway.caller import NOBODY, Caller, Calling
from services.gateway.portal import judged_papers, naming, sheets
from services.gateway.portal.asking import unless_refused
from services.gateway.portal.desk import NoSuchRound, paper_names, rules_of
from services.gateway.portal.forms import Posted, Sent
from services.gateway.portal.pages import go, page

DESK = "/toi/cham/{contest_id:str}/{round_id:str}"
SHEET = f"{DESK}/{{code:str}}"
TO_A_SCRIPT: ExceptionHandlersMap = {Exception: problems.respond}


class Taken(Struct, frozen=True, kw_only=True):
    """What was taken of a judge: a sheet by its version, or a draft (0)."""

    version: int


@dataclass(frozen=True, slots=True)
class Place:
    """Which sheet is meant: of which entry, in which round."""

    contest_id: str
    round_id: str
    code: str

    @property
    def path(self) -> str:
        """Return where the sheet's page is."""
        return f"/toi/cham/{self.contest_id}/{self.round_id}/{self.code}"


@dataclass(frozen=True, slots=True)
class Desk:
    """What a judge has to mark in one round."""

    rules: Rules
    round: Round
    entries: tuple[review.Assignment, ...]
    view: review.RoundView | None

    @property
    def path(self) -> str:
        """Return where the desk's page is."""
        return f"/toi/cham/{self.rules.id}/{self.round.id}"

    @property
    def is_late(self) -> bool:
        """Say whether the time for sheets is over."""
        due = self.view.due if self.view else None
        return due is not None and clock.now() > due

    def takes(self, entry: review.Assignment) -> bool:
        """Say whether a sheet of this entry may be handed in now."""
        sealed = self.view is None or self.view.state == "OPEN"
        return not self.is_late if sealed else entry.state != "GIVEN"


async def desk_of(caller: Caller, contest_id: str, round_id: str) -> Desk:
    """Return the caller's desk; raises `NoSuchRound`."""
    query = review.ShowRound(contest_id=contest_id, round_id=round_id)
    rules, entries, view = await asyncio.gather(
        rules_of(caller, contest_id),
        sealing.desk(caller, contest_id, round_id),
        unless_refused(caller.ask(query, review.RoundView), None),
    )
    round_ = next((one for one in rules.rounds if one.id == round_id), None)
    if round_ is None:
        raise NoSuchRound
    return Desk(rules, (view.rules if view else None) or round_, entries, view)


@get(DESK)
async def show_judge_desk(caller: Calling, contest_id: Name, round_id: Name) -> Response[str]:
    """Show what the caller has to mark in a round, and how far they are."""
    desk = await desk_of(caller, contest_id, round_id)
    return page(
        caller,
        "judging.html",
        desk=desk,
        areas={area.code: area.name for area in desk.rules.areas},
        progress=sheets.progress(desk.entries),
        stage=sheets.stage,
        browser_key=await sealing.browser_key(caller),
    )


@get(SHEET)
async def show_sheet(
    caller: Calling, contest_id: Name, round_id: Name, code: Name, da: FromQuery[str] = ""
) -> Response[str]:
    """Show an entry beside the form for its marks, or beside the sheet that was given."""
    said = {"nhap": "The draft is saved.", "nop": "The sheet is handed in."}.get(da, "")
    return await sheet_page(caller, Place(contest_id, round_id, code), said=said)


@post(SHEET, status_code=200)
async def give_marks(
    posted: Sent, contest_id: Name, round_id: Name, code: Name
) -> Response[str] | Redirect:
    """Take a step with what was typed: save it, read it over, hand it in, or type on."""
    place = Place(contest_id, round_id, code)
    step = posted["step"]
    if step not in ("draft", "give"):
        template = "sheet_check.html" if step == "check" else "sheet.html"
        return await sheet_page(posted.caller, place, posted, template)
    try:
        await take(posted, place)
    except Refused as refusal:
        found = problems.read(refusal, place.path)
        if found.status in (401, 403, 404):
            raise
        shown: dict[str, Any] = {"mistake": found.detail, "status": found.status}
        return await sheet_page(posted.caller, place, posted, **shown)
    return go(f"{place.path}?da={'nop' if step == 'give' else 'nhap'}")


@post(f"{SHEET}/gui", status_code=200, exception_handlers=TO_A_SCRIPT)
async def take_from_script(
    posted: Sent, contest_id: Name, round_id: Name, code: Name
) -> Response[Taken]:
    """Take a draft or a sheet from the page's script; the same key is the same sheet."""
    taken = Taken(version=await take(posted, Place(contest_id, round_id, code)))
    return Response(taken, media_type=MediaType.JSON, headers={"Cache-Control": "no-store"})


async def take(posted: Posted, place: Place) -> int:
    """Save a draft (0), or hand a sheet in and return its version. Raises `SignInNeeded`."""
    if posted.caller.account is NOBODY:
        raise domain.SignInNeeded
    marks, comments = typed(posted.fields)
    contest_id, round_id, code = place.contest_id, place.round_id, place.code
    if posted["step"] == "draft":
        draft = review.DraftText(marks=marks, comments=comments, comment=posted["comment"])
        saved = review.SaveDraft(contest_id=contest_id, round_id=round_id, code=code, draft="")
        await sealing.save_draft(posted.caller, saved, draft)
        return 0
    sheet = review.SheetText(
        marks={name: words.points(value) for name, value in marks.items()},
        comments=comments,
        comment=posted["comment"],
    )
    base = posted["based_on"]
    command = review.GiveMarks(
        contest_id=contest_id,
        round_id=round_id,
        code=code,
        reason=posted["reason"],
        minutes=posted["minutes"],
        based_on=int(base) if base.isdecimal() and len(base) < 6 else None,
    )
    return await sealing.give_marks(posted.caller, command, sheet)


async def sheet_page(
    caller: Caller,
    place: Place,
    posted: Posted | None = None,
    template: str = "sheet.html",
    **shown: Any,  # noqa: ANN401  # templates take anything
) -> Response[str]:
    """Show a sheet with what stands on it, or with what somebody has just typed."""
    desk, text, papers, browser_key = await asyncio.gather(
        desk_of(caller, place.contest_id, place.round_id),
        text_of(caller, place),
        judged_papers.papers_of(caller, place.contest_id, place.round_id, place.code),
        sealing.browser_key(caller),
    )
    entry = next((one for one in desk.entries if one.code == place.code), None)
    if entry is None:
        raise NoSuchRound
    marks, comments, comment = sheets.typed_of(entry)
    if posted is not None:
        (marks, comments), comment = typed(posted.fields), posted["comment"]
    before, after = sheets.neighbours(desk.entries, place.code)
    values: dict[str, Any] = {
        "desk": desk,
        "round": desk.round,
        "entry": entry,
        "area": {area.code: area.name for area in desk.rules.areas}.get(entry.area, entry.area),
        "marks": marks,
        "comments": comments,
        "comment": comment,
        "fields": posted.fields if posted is not None else {},
        "total": sheets.total(desk.round, marks),
        "lines_of": lambda one: sheets.lines_of(one, desk.round.step),
        "number": desk.entries.index(entry) + 1,
        "before": before,
        "after": after,
        "text": text,
        "papers": papers,
        "names": paper_names(desk.rules),
        "relations": naming.RELATIONS,
        "browser_key": browser_key,
        "mistake": "",
        "said": "",
    }
    return page(caller, template, **(values | shown))


async def text_of(caller: Caller, place: Place) -> str | None:
    """Return the description of an entry where its judge may read it: not in a blind round."""
    query = originality.ReadReport(entry_id=place.code, contest_id=place.contest_id)
    report = await unless_refused(caller.ask(query, originality.Report), None)
    if report is None:
        return None
    asked = originality.ReadTexts(
        entry_id=place.code, report_id=report.report_id, contest_id=place.contest_id
    )
    texts = await unless_refused(caller.ask(asked, originality.ReportTexts), None)
    return texts.text if texts else None


def typed(fields: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what a judge has typed as marks and as comments, by rubric code."""

    def under(prefix: str) -> dict[str, str]:
        return {
            name.removeprefix(prefix): value
            for name, value in fields.items()
            if name.startswith(prefix) and value
        }

    return under("mark."), under("comment.")


ROUTES = (show_judge_desk, show_sheet, give_marks, take_from_script)
