"""Sheets and drafts between a judge and review: sealed here, before the broker sees them.

A sheet is sealed to the service, a draft to the judge's own key. What comes back of either is
opened here with the key of the judge's sign-in.
"""

import asyncio

import msgspec
from msgspec.structs import replace

from contracts import review
from kernel.errors import Forbidden, Refused
from services.gateway import boxes, own_boxes
from services.gateway.boxes import CannotOpen, OwnBox
from services.gateway.caller import Caller


class SignInAgain(Refused):
    """Marks are sealed with a key of your own; open it under My account, or sign in again."""


class SheetsNotSeen(Forbidden):
    """Sheets of a judge are seen by the judge alone, not by who looks as the judge."""


async def give_marks(caller: Caller, asked: review.GiveMarks, text: review.SheetText) -> int:
    """Hand in a sheet, sealed; return its version."""
    own = await own_box(caller)
    sealing = await caller.ask(review.ShowSealing(), review.Sealing)
    content = msgspec.json.encode(text, order="deterministic")
    service_key = boxes.read(sealing.service_key)
    sealed = replace(
        asked,
        sheet=own.seal(service_key, content, caller.fresh_id("sheet")),
        own_key=boxes.written(own.public),
    )
    return await caller.ask(sealed, int)


async def save_draft(caller: Caller, asked: review.SaveDraft, text: review.DraftText) -> None:
    """Keep what a judge has typed, so that only their sign-in reads it."""
    own = await own_box(caller)
    content = msgspec.json.encode(text, order="deterministic")
    draft = own.seal(own.public, content, caller.fresh_id("draft"))
    await caller.tell(replace(asked, draft=draft))


async def desk(caller: Caller, contest_id: str, round_id: str) -> tuple[review.Assignment, ...]:
    """Return what the caller has to mark, with their own sheets and drafts opened."""
    if caller.account.true_id is not None:
        raise SheetsNotSeen
    query = review.ListAssignments(contest_id=contest_id, round_id=round_id)
    lines = await caller.ask(query, tuple[review.Assignment, ...])
    if not any(line.sealed_sheet or line.sealed_draft for line in lines):
        return lines
    own = await own_box(caller)
    return tuple(opened(line, own) for line in lines)


def opened(line: review.Assignment, own: OwnBox) -> review.Assignment:
    """Open what is sealed on a line; what was sealed to an earlier key stays closed."""
    shown: dict[str, object] = {"sealed_sheet": "", "sealed_draft": ""}
    if line.sealed_sheet:
        try:
            text = msgspec.json.decode(own.open(line.sealed_sheet), type=review.SheetText)
            shown |= {"marks": text.marks, "comments": text.comments, "comment": text.comment}
        except CannotOpen:
            pass
    if line.sealed_draft:
        try:
            draft = msgspec.json.decode(own.open(line.sealed_draft), type=review.DraftText)
            shown["draft"] = draft
        except CannotOpen:
            pass
    return replace(line, **shown)


async def browser_key(caller: Caller) -> str:
    """Return the key for what the caller's browser keeps; empty without a key of their own."""
    try:
        return (await own_box(caller)).browser_key
    except (SignInAgain, SheetsNotSeen):
        return ""


async def own_box(caller: Caller) -> OwnBox:
    """Return the key of the caller's sign-in; raises `SignInAgain`."""
    if caller.account.true_id is not None:
        raise SheetsNotSeen
    database = caller.door.accounts.database
    try:
        found = await asyncio.to_thread(own_boxes.box_by_token, database, caller.token)
    except CannotOpen as problem:
        raise SignInAgain from problem
    if found is None:
        raise SignInAgain
    return found
