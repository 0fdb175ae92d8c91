"""What is done with a whole entry: read over and handed in, taken back, received at the desk."""

from datetime import date

from litestar import Response, get, post
from litestar.response import Redirect

from contracts import intake
from contracts.rules import Rules
from kernel import clock
from kernel.errors import Refused
from services.gateway import problems, words
from services.gateway.api.routes import Name, elsewhere
from services.gateway.caller import Caller, Calling
from services.gateway.portal.contests import KINDS
from services.gateway.portal.desk import paper_names, rules_of
from services.gateway.portal.entering import CHANNELS
from services.gateway.portal.entry import refused, until
from services.gateway.portal.forms import Posted, Sent
from services.gateway.portal.pages import go, page
from services.gateway.portal.ticking import left

PATH = "/ho-so/{entry_id:str}"
AT_DESK = ("DESK", "POST")
MOST = 9999  # copies of a paper


class BadDay(Refused):
    """Choose the day of the postmark."""


@get(f"{PATH}/nop")
async def show_review(caller: Calling, entry_id: Name) -> Response[str] | Redirect:
    """Show an entry as it would be handed in, what it lacks, and what is declared."""
    return await review(caller, entry_id)


async def review(
    caller: Caller, entry_id: str, mistake: str = "", status: int = 200
) -> Response[str] | Redirect:
    """Show it, with why it was not taken."""
    entry = await caller.ask(intake.ShowEntry(entry_id=entry_id), intake.EntryView)
    if not entry.mine:
        return go(f"/toi/ho-so/{entry_id}")
    rules = await rules_of(caller, entry.contest_id)
    names = paper_names(rules)
    declared = {one.code for one in entry.declared}
    worded = {one.paper for one in rules.dossier.declarations}
    unworded = [
        paper
        for paper in rules.dossier.required
        if paper.form == "DECLARATION" and paper.code not in worded
    ]
    return page(
        caller,
        "hand_in.html",
        status,
        entry=entry,
        rules=rules,
        declared=declared,
        unworded=unworded,
        lacks=[words.FIELDS.get(one, one) for one in entry.lacks],
        missing=[names.get(code, code) for code in still_missing(entry, rules)],
        area={one.code: one.name for one in rules.areas}.get(entry.area, ""),
        group={one.code: one.name for one in rules.entrants.groups}.get(entry.group, ""),
        counting=left(until(entry, rules), clock.now()),
        due=until(entry, rules),
        at_desk=entry.channel in AT_DESK,
        kinds=KINDS,
        channels=CHANNELS,
        mistake=mistake,
    )


def still_missing(entry: intake.EntryView, rules: Rules) -> list[str]:
    """Return the papers that are missing beside what is declared when it is handed in."""
    made = {one.paper for one in rules.dossier.declarations}
    made |= {one.code for one in rules.dossier.required if one.form == "DECLARATION"}
    return [code for code in entry.missing if code not in made]


@post(f"{PATH}/nop", status_code=200)
async def hand_in(posted: Sent, entry_id: Name) -> Response[str] | Redirect:
    """Hand an entry in."""
    caller = posted.caller
    try:
        command = intake.SubmitEntry(
            entry_id=entry_id,
            declarations=posted.lists.get("declared", ()),
            posted_at=day_of(posted["posted_at"]),
            arrived_at=words.read_moment(posted["arrived_at"]) if posted["arrived_at"] else None,
        )
        taken = await caller.ask(command, intake.Submitted)
    except Refused as refusal:
        found = problems.read(refusal, f"/ho-so/{entry_id}/nop")
        if found.status in (401, 403, 404):
            raise
        return await review(caller, entry_id, found.detail, found.status)
    return go(f"/ho-so/{entry_id}?da={'muon' if taken.late else 'nop'}")


def day_of(text: str) -> date | None:
    """Read a day off a form. Raises `BadDay`."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as problem:
        raise BadDay from problem


@post(f"{PATH}/rut", status_code=200)
async def withdraw(posted: Sent, entry_id: Name) -> Response[str] | Redirect:
    """Take an entry back."""
    command = intake.WithdrawEntry(entry_id=entry_id, reason=posted["reason"])
    return await step(posted, entry_id, command, "rut")


@post(f"{PATH}/ban-giao", status_code=200)
async def take_handover(posted: Sent, entry_id: Name) -> Response[str] | Redirect:
    """Record who brought a paper dossier, and how many sheets of what."""
    codes = sorted(
        {name.partition(".")[2] for name in posted.fields if name.startswith("papers.")}
    )
    counts = [
        intake.PaperCount(
            code=code,
            originals=number(posted[f"papers.{code}"]),
            copies=number(posted[f"copies.{code}"]),
        )
        for code in codes
    ]
    command = intake.RecordHandover(
        entry_id=entry_id,
        applicant=posted["applicant"],
        phone=posted["phone"] or None,
        papers=tuple(one for one in counts if one.originals or one.copies),
    )
    return await step(posted, entry_id, command, "giao")


def number(text: str) -> int:
    """Read how many; what is no number is none."""
    return min(int(text), MOST) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


async def step(
    posted: Posted, entry_id: str, command: intake.WithdrawEntry | intake.RecordHandover, said: str
) -> Response[str] | Redirect:
    """Take a step and show the entry, or why it was refused."""
    try:
        await posted.caller.tell(command)
    except Refused as refusal:
        return await refused(posted.caller, entry_id, refusal)
    return go(f"/ho-so/{entry_id}?da={said}")


@get(f"{PATH}/bien-nhan.pdf")
async def fetch_receipt(caller: Calling, entry_id: Name) -> Response[bytes]:
    """Return the receipt as printed and signed."""
    content = await caller.ask(intake.PrintReceipt(entry_id=entry_id), bytes)
    headers = {"Content-Disposition": 'inline; filename="bien-nhan.pdf"'}
    return Response(content, media_type="application/pdf", headers=headers)


@get(f"{PATH}/tep/{{document_id:str}}", status_code=302)
async def fetch_entry_file(caller: Calling, entry_id: Name, document_id: Name) -> Redirect:
    """Go to a document of an entry that concerns the caller."""
    query = intake.LinkDocument(entry_id=entry_id, document_id=document_id)
    return elsewhere(await caller.ask(query, str))


ROUTES = (show_review, hand_in, withdraw, take_handover, fetch_receipt, fetch_entry_file)
