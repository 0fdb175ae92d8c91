"""The page of an entry for those who made it: typed, saved, checked, handed in, followed.

Every step works without JavaScript; `static/draft.js` saves by itself what is typed.
"""

import asyncio
from datetime import datetime
from typing import Any

from litestar import Response, get, post
from litestar.enums import MediaType
from litestar.params import FromQuery
from litestar.response import Redirect
from litestar.types import ExceptionHandlersMap
from msgspec import Struct
from msgspec.structs import asdict

from contracts import awards, intake, review
from contracts.rules import Paper, Rules
from kernel import clock
from kernel.errors import Refused
from services.gateway import problems, words
from services.gateway.api.routes import Name
from services.gateway.caller import Caller, Calling
from services.gateway.portal import typing_in
from services.gateway.portal.asking import unless_refused
from services.gateway.portal.contests import KINDS
from services.gateway.portal.desk import rules_of
from services.gateway.portal.entering import CHANNELS
from services.gateway.portal.forms import Posted, Sent
from services.gateway.portal.pages import go, page
from services.gateway.portal.ticking import left, scripted

PATH = "/ho-so/{entry_id:str}"
TO_A_SCRIPT: ExceptionHandlersMap = {Exception: problems.respond}
EDITABLE = frozenset({"DRAFT", "RETURNED", "SUBMITTED"})
SAID = {
    "luu": "The draft is saved.",
    "nop": "The entry is handed in. Keep the receipt.",
    "muon": "The entry came late. It is kept, and the organiser decides whether it counts.",
    "rut": "The entry is withdrawn.",
    "giao": "What was handed over is recorded.",
}


class Kept(Struct, frozen=True, kw_only=True):
    """What a save came to: the revision there is now, when, and what is still missing."""

    revision: int
    saved_at: str
    lacks: str


@get(PATH)
async def show_entry_page(
    caller: Calling, entry_id: Name, da: FromQuery[str] = ""
) -> Response[str] | Redirect:
    """Show an entry to its people; who works on others' is sent to the dossier."""
    entry = await caller.ask(intake.ShowEntry(entry_id=entry_id), intake.EntryView)
    if not entry.mine:
        return go(f"/toi/ho-so/{entry_id}")
    return await entry_page(caller, entry, said=SAID.get(da, ""))


@post(PATH, status_code=200)
async def save_entry(posted: Sent, entry_id: Name) -> Response[str] | Redirect:
    """Save what was typed; then show it again, with room for another author, or go on."""
    caller, step = posted.caller, posted["step"]
    try:
        await save(posted, entry_id)
    except Refused as refusal:
        return await refused(caller, entry_id, refusal, dict(posted.fields))
    if step == "review":
        return go(f"/ho-so/{entry_id}/nop")
    if step in ("author", "index"):
        entry = await caller.ask(intake.ShowEntry(entry_id=entry_id), intake.EntryView)
        return await entry_page(caller, entry, more=step)
    return go(f"/ho-so/{entry_id}?da=luu")


@post(f"{PATH}/luu", status_code=200, exception_handlers=TO_A_SCRIPT)
async def save_by_script(posted: Sent, entry_id: Name) -> Response[Kept]:
    """Save what the page's script sends; the same key is the same save."""
    revision = await save(posted, entry_id)
    entry = await posted.caller.ask(intake.ShowEntry(entry_id=entry_id), intake.EntryView)
    kept = Kept(
        revision=revision,
        saved_at=words.clock(clock.now()),
        lacks=", ".join(words.FIELDS.get(one, one) for one in entry.lacks),
    )
    return Response(kept, media_type=MediaType.JSON, headers={"Cache-Control": "no-store"})


async def save(posted: Posted, entry_id: str) -> int:
    """Save what was typed on the revision it was typed on; return the one there is now."""
    typed = typing_in.read(posted.fields)
    base = posted["revision"]
    command = intake.SaveDraft(
        entry_id=entry_id,
        revision=int(base) if base.isascii() and base.isdecimal() and len(base) < 10 else 0,
        **asdict(typed),
    )
    return await posted.caller.ask(command, int)


async def refused(
    caller: Caller, entry_id: str, refusal: Refused, fields: dict[str, str] | None = None
) -> Response[str]:
    """Show an entry again with why a step was refused, and what was typed."""
    found = problems.read(refusal, f"/ho-so/{entry_id}")
    if found.status in (401, 403, 404):
        raise refusal
    entry = await caller.ask(intake.ShowEntry(entry_id=entry_id), intake.EntryView)
    return await entry_page(
        caller,
        entry,
        fields=fields,
        mistake=found.detail,
        status=found.status,
        stale=refusal.code == "StaleRevision",
        faulty=typing_in.faulty(refusal),
    )


async def entry_page(
    caller: Caller,
    entry: intake.EntryView,
    status: int = 200,
    **shown: Any,  # noqa: ANN401  # templates take anything
) -> Response[str]:
    """Show an entry: where it stands, what it lacks, the form, its history."""
    rules, units, indexes, results = await asyncio.gather(
        rules_of(caller, entry.contest_id),
        caller.ask(intake.ListAgencies(), tuple[intake.Agency, ...]),
        caller.ask(intake.ListIndexes(), intake.IndexCatalogue),
        unless_refused(
            caller.ask(awards.ShowResults(contest_id=entry.contest_id), awards.Results), None
        ),
    )
    feedback = await feedback_on(caller, entry, rules) if results is not None else ()
    now = clock.now()
    fields = shown.pop("fields", None) or typing_in.written(entry)
    edits = may_edit(entry, rules, now)
    values: dict[str, Any] = {
        "entry": entry,
        "rules": rules,
        "fields": fields,
        "edits": edits,
        "authors": count(fields, "author", len(entry.authors), shown.get("more") == "author"),
        "rows": count(fields, "index", len(entry.improves), shown.get("more") == "index"),
        "papers": papers_of(entry, rules),
        "paper_names": {paper.code: paper.name for paper in every_paper(rules)},
        "area": {one.code: one.name for one in rules.areas}.get(entry.area, ""),
        "units": sorted(units, key=lambda one: typing_in.alphabetical(one.name)),
        "indexes": [one for one in indexes.indexes if one.code in rules.indexes],
        "counting": left(until(entry, rules), now) if edits else None,
        "handed": {one.code: one for one in entry.handover.papers} if entry.handover else {},
        "winner": winner_of(entry, results),
        "is_published": results is not None,
        "feedback": feedback,
        "kinds": KINDS,
        "channels": CHANNELS,
        "names": words.FIELDS,
        "now": now,
        "mistake": "",
        "said": "",
        "more": "",
        "stale": False,
        "faulty": frozenset(),
    }
    return scripted(page(caller, "entry.html", status, **(values | shown)))


async def feedback_on(
    caller: Caller, entry: intake.EntryView, rules: Rules
) -> tuple[review.RoundFeedback, ...]:
    """Return what judges wrote for the authors, where the rules give it."""
    if all(one.feedback == "none" for one in rules.rounds):
        return ()
    query = review.ShowFeedback(contest_id=entry.contest_id, entry_id=entry.entry_id)
    return await unless_refused(caller.ask(query, tuple[review.RoundFeedback, ...]), ())


def may_edit(entry: intake.EntryView, rules: Rules, now: datetime) -> bool:
    """Say whether the form is shown; whether a save is taken, intake decides."""
    if entry.state == "SUBMITTED":
        return now < rules.intake.closes
    return entry.state in EDITABLE


def until(entry: intake.EntryView, rules: Rules) -> datetime:
    """Return until when an entry has to be handed in, or completed."""
    return entry.due_at or rules.intake.closes


def count(fields: dict[str, str], name: str, had: int, more: bool) -> int:  # noqa: FBT001
    """Return how many rows a form shows: those typed into, one at least, and another if asked."""
    typed = [place for place in range(typing_in.ROWS) if has(fields, f"{name}.{place}.")]
    return max(had, len(typed), 1 if name == "author" else 0) + more


def has(fields: dict[str, str], prefix: str) -> bool:
    """Say whether anything was typed into a row."""
    return any(value for name, value in fields.items() if name.startswith(prefix))


def every_paper(rules: Rules) -> tuple[Paper, ...]:
    """Return the papers a dossier may have."""
    dossier = rules.dossier
    return (*dossier.required, *dossier.conditional, *dossier.optional)


def papers_of(entry: intake.EntryView, rules: Rules) -> list[tuple[Paper, bool, int]]:
    """Return the papers asked for or sent: whether one is missing, how many files there are."""
    stored = [one.code for one in entry.documents if one.stored]
    asked = [*rules.dossier.required, *rules.dossier.conditional]
    wanted = [one for one in asked if one.form == "FILE" or one.code in stored]
    optional = [one for one in rules.dossier.optional if one.code in stored]
    return [
        (paper, paper.code in entry.missing, stored.count(paper.code))
        for paper in (*wanted, *optional)
        if paper in rules.dossier.required or paper.code in entry.missing or paper.code in stored
    ]


def winner_of(entry: intake.EntryView, results: awards.Results | None) -> awards.Winner | None:
    """Return what the entry won, once results are public."""
    winners = results.winners if results else ()
    return next((one for one in winners if one.entry_id == entry.entry_id), None)


ROUTES = (show_entry_page, save_entry, save_by_script)
