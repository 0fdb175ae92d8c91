"""The page on which an organiser seats a jury: panels by field and round, chair, members, limits.

Nothing is taken from the form but what it says: who has no place on it loses the seat.
"""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from litestar import Response, get, post
from litestar.response import Redirect

from contracts import review
from contracts.rules import Rules
from kernel.errors import Refused, require
from services.gateway.api.routes import Name
from services.gateway.caller import Caller, Calling
from services.gateway.portal import naming
from services.gateway.portal.answering import go_or_say
from services.gateway.portal.desk import rules_of
from services.gateway.portal.forms import Posted, Sent
from services.gateway.portal.jury import decision_of
from services.gateway.portal.pages import page

PATH = "/toi/ban-giam-khao/{contest_id:str}/thanh-lap"
SITS = frozenset({"judge", "chair", "secretary"})  # whose accounts are offered a seat
SPARE = 3  # empty lines for panels that are not there yet


class BadLimit(Refused):
    """Write a whole number for how many entries a judge takes at most."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a line of the form says of somebody: on the whole jury, on a panel, or both."""

    person_id: str
    role: str = ""
    panel_id: str = ""
    panel_role: str = ""
    unit_id: str = ""
    areas: tuple[str, ...] = ()
    most: str = ""


@get(PATH)
async def show_seating(caller: Calling, contest_id: Name) -> Response[str]:
    """Show the form with the jury as it sits."""
    require(caller.account, "organiser")
    return await seating_page(caller, contest_id)


@post(PATH, status_code=200)
async def seat_by_form(posted: Sent, contest_id: Name) -> Response[str] | Redirect:
    """Appoint the jury that the form names, in the place of the one before."""
    step = seat(posted, contest_id)
    again = partial(seating_page, posted.caller, contest_id, posted)
    return await go_or_say(step, f"/toi/ban-giam-khao/{contest_id}", again)


async def seat(posted: Posted, contest_id: str) -> None:
    """Ask for what the form says. Raises `BadDay`, `BadLimit`."""
    seats = tuple(one for place in places(posted) for one in seats_of(place))
    command = review.SeatJury(
        contest_id=contest_id,
        seats=seats,
        panels=tuple(one for one in panels(posted) if one.panel_id),
        decision=decision_of(posted) if posted["number"] or posted["day"] else None,
    )
    await posted.caller.tell(command)


def seats_of(place: Place) -> Iterator[review.Seat]:
    """Return the seats that a line gives somebody."""
    if place.most and not place.most.isdecimal():
        raise BadLimit
    for role, panel_id in ((place.role, None), (place.panel_role, place.panel_id or None)):
        if role:
            yield review.Seat(
                person_id=place.person_id,
                role=naming.seat_role(role),
                unit_id=place.unit_id or None,
                panel_id=panel_id,
                areas=place.areas,
                most=int(place.most) if place.most else None,
            )


def places(posted: Posted) -> list[Place]:
    """Read the lines of the form, in their order."""
    return [
        Place(
            person_id=one,
            role=posted[f"role.{one}"],
            panel_id=posted[f"panel.{one}"],
            panel_role=posted[f"in.{one}"],
            unit_id=posted[f"unit.{one}"],
            areas=posted.lists.get(f"areas.{one}", ()),
            most=posted[f"most.{one}"],
        )
        for one in dict.fromkeys(posted.lists.get("person", ()))
    ]


def panels(posted: Posted) -> list[review.SubJury]:
    """Read the panels that the form names."""
    return [
        review.SubJury(
            panel_id=posted[f"panel-id.{number}"],
            name=posted[f"panel-name.{number}"] or posted[f"panel-id.{number}"],
            areas=posted.lists.get(f"panel-areas.{number}", ()),
            rounds=posted.lists.get(f"panel-rounds.{number}", ()),
        )
        for number in posted.lists.get("panel", ())
    ]


async def seating_page(
    caller: Caller,
    contest_id: str,
    posted: Posted | None = None,
    refused: tuple[str, int] = ("", 200),
) -> Response[str]:
    """Show the form; `refused` is why a jury was not seated, and the status that says so."""
    view, rules, names = await asyncio.gather(
        caller.ask(review.ShowJury(contest_id=contest_id), review.JuryView),
        rules_of(caller, contest_id),
        naming.staff_names(caller, contest_id),
    )
    lines = {one.person_id: one for one in (places(posted) if posted else sitting(view))}
    known = panels(posted) if posted else list(view.panels)
    spare = review.SubJury(panel_id="", name="")
    return page(
        caller,
        "seating.html",
        refused[1],
        mistake=refused[0],
        rules=rules,
        view=view,
        wanted=wanted(rules),
        lines=[lines.get(one, Place(one)) for one in await offered(caller, lines)],
        panels=[*[one for one in known if one.panel_id], *[spare] * SPARE],
        names=names,
        seats=naming.SEATS,
        said=posted.fields if posted else {},
    )


async def offered(caller: Caller, seated: Mapping[str, Place]) -> list[str]:
    """Name who sits, then whose account is a judge's or a secretary's, by login."""
    accounts = await asyncio.to_thread(caller.door.accounts.every, caller.tenant)
    able = sorted((one for one in accounts if SITS & one.roles), key=lambda one: one.login)
    return list(dict.fromkeys([*seated, *(one.id for one in able)]))


def sitting(view: review.JuryView) -> Iterator[Place]:
    """Return the lines of the jury as it sits."""
    held: dict[str, list[review.SeatView]] = {}
    for one in view.seats:
        if one.left_at is None:
            held.setdefault(one.person_id, []).append(one)
    order = list(naming.SEATS)
    for person_id, seats in sorted(held.items(), key=lambda one: order.index(one[1][0].role)):
        whole = next((one for one in seats if one.panel_id is None), None)
        part = next((one for one in seats if one.panel_id is not None), None)
        yield Place(
            person_id=person_id,
            role=whole.role if whole else "",
            panel_id=(part.panel_id or "") if part else "",
            panel_role=part.role if part else "",
            unit_id=next((one.unit_id for one in seats if one.unit_id), None) or "",
            areas=tuple(sorted({area for one in seats for area in one.areas})),
            most=next((str(one.most) for one in seats if one.most is not None), ""),
        )


def wanted(rules: Rules) -> dict[str, object]:
    """Return what the rules ask of a jury."""
    return {
        "size": rules.jury_size,
        "panel_size": rules.jury.panel_size,
        "odd": rules.jury.odd,
        "quorum": f"{rules.jury.quorum.parts}/{rules.jury.quorum.of}",
    }


ROUTES = (show_seating, seat_by_form)
