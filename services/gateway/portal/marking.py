"""A judge's sheet for one entry: typed, kept as a draft, handed in."""

from collections.abc import Mapping

from litestar import Response, get, post
from litestar.response import Redirect

from contracts import review
from services.gateway import sealing, words
from services.gateway.api.routes import Name
from services.gateway.caller import Calling
from services.gateway.portal.desk import NoSuchRound, rules_of
from services.gateway.portal.forms import Sent
from services.gateway.portal.pages import go, page


@get("/toi/cham/{contest_id:str}/{round_id:str}/{code:str}")
async def show_sheet(
    caller: Calling, contest_id: Name, round_id: Name, code: Name
) -> Response[str]:
    """Show the form for a judge's marks of one entry."""
    rules = await rules_of(caller, contest_id)
    round_ = next((one for one in rules.rounds if one.id == round_id), None)
    assignments = await sealing.desk(caller, contest_id, round_id)
    entry = next((one for one in assignments if one.code == code), None)
    if round_ is None or entry is None:
        raise NoSuchRound
    areas = {area.code: area.name for area in rules.areas}
    return page(caller, "sheet.html", rules=rules, round=round_, entry=entry, areas=areas)


@post("/toi/cham/{contest_id:str}/{round_id:str}/{code:str}", status_code=303)
async def give_marks(posted: Sent, contest_id: Name, round_id: Name, code: Name) -> Redirect:
    """Hand in a judge's marks of one entry."""
    marks, comments = typed(posted.fields)
    if posted["step"] == "draft":
        draft = review.DraftText(marks=marks, comments=comments, comment=posted["comment"])
        saved = review.SaveDraft(contest_id=contest_id, round_id=round_id, code=code, draft="")
        await sealing.save_draft(posted.caller, saved, draft)
        return go("/toi")
    sheet = review.SheetText(
        marks={name: words.points(value) for name, value in marks.items()},
        comments=comments,
        comment=posted["comment"],
    )
    command = review.GiveMarks(
        contest_id=contest_id,
        round_id=round_id,
        code=code,
        reason=posted["reason"],
        minutes=posted["minutes"],
    )
    await sealing.give_marks(posted.caller, command, sheet)
    return go("/toi")


def typed(fields: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what a judge has typed as marks and as comments, by rubric code."""

    def under(prefix: str) -> dict[str, str]:
        return {
            name.removeprefix(prefix): value
            for name, value in fields.items()
            if name.startswith(prefix) and value
        }

    return under("mark."), under("comment.")


ROUTES = (show_sheet, give_marks)
