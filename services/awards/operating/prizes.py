"""`sangkien prizes …`: the prize list on its way, and what follows its publication."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import quote

import click
from msgspec import convert, json

from contracts.awards import MoneyView, PetitionView, PrizeList
from kernel.door import Door

DAY = click.DateTime(["%Y-%m-%d"])
SERVER = click.option("--server", help="The platform's address; else SANGKIEN_URL.")


@click.group("prizes", context_settings={"help_option_names": ["-h", "--help"]})
def group() -> None:
    """Draw up, submit, approve and publish a prize list (xét giải).

    SANGKIEN_TOKEN says who asks the platform.
    """


@group.command("show")
@click.argument("contest")
@SERVER
def show(contest: str, server: str | None) -> None:
    """Print the prize list of CONTEST and where it stands."""
    found = convert(Door.of_environment(server).read(path(contest, "prizes")), PrizeList)
    click.echo("\n".join(listed(found)))


@group.command("propose")
@click.argument("contest")
@SERVER
def propose(contest: str, server: str | None) -> None:
    """Rank by the rules and draw the list up; print it, or the ties that wait for a vote."""
    door = Door.of_environment(server)
    door.ask("POST", path(contest, "prizes/propose"))
    found = convert(door.read(path(contest, "prizes")), PrizeList)
    click.echo("\n".join(listed(found)))


@group.command("meeting")
@click.argument("contest")
@click.argument("number")
@click.argument("day", type=DAY)
@click.argument("conclusion")
@SERVER
def meeting(contest: str, number: str, day: datetime, conclusion: str, server: str | None) -> None:
    """Record the minutes NUMBER of the prize meeting on DAY (YYYY-MM-DD) and its CONCLUSION."""
    said = {"number": number, "held_on": f"{day:%Y-%m-%d}", "conclusion": conclusion}
    send(server, path(contest, "prizes/meeting"), said)


@group.command("submit")
@click.argument("contest")
@click.argument("number")
@click.argument("day", type=DAY)
@SERVER
def submit(contest: str, number: str, day: datetime, server: str | None) -> None:
    """Bring the list before the authorities by the submission NUMBER of DAY (YYYY-MM-DD)."""
    said = {"number": number, "dated": f"{day:%Y-%m-%d}"}
    send(server, path(contest, "prizes/submission"), said)


@group.command("approve")
@click.argument("contest")
@click.argument("authority")
@SERVER
def approve(contest: str, authority: str, server: str | None) -> None:
    """Print the list and approve it as AUTHORITY, by its code in the rules."""
    door = Door.of_environment(server)
    found = convert(door.read(path(contest, "prizes")), PrizeList)
    click.echo("\n".join(listed(found)))
    said = {"authority": authority, "drawn": found.drawn}
    answer = send(server, path(contest, "prizes/approvals"), said)
    click.echo("đã đủ phê duyệt" if answer["complete"] else "còn chờ cấp khác phê duyệt")


@group.command("return")
@click.argument("contest")
@click.argument("authority")
@click.argument("reason")
@SERVER
def send_back(contest: str, authority: str, reason: str, server: str | None) -> None:
    """Return the list as AUTHORITY for REASON; all approvals fall."""
    said = {"authority": authority, "reason": reason}
    send(server, path(contest, "prizes/returns"), said)


@group.command("publish")
@click.argument("contest")
@click.option("--from", "since", help="Public from, e.g. 2022-10-20T09:00:00+07:00; else at once.")
@SERVER
def publish(contest: str, since: str | None, server: str | None) -> None:
    """Issue the papers of CONTEST and make its results public."""
    named = f"?public_from={quote(since, safe='')}" if since else ""
    issued = send(server, path(contest, "results") + named)
    click.echo(f"{len(issued)} văn bản")


@group.command("money")
@click.argument("contest")
@SERVER
def money(contest: str, server: str | None) -> None:
    """Print the two ledgers of CONTEST and what they rest on."""
    found = convert(Door.of_environment(server).read(path(contest, "prizes/money")), MoneyView)
    click.echo("\n".join(entered(found)))


@group.command("revoke")
@click.argument("contest")
@click.argument("entry")
@click.option("--ground", required=True, type=click.Choice(["COPY", "FALSE_DATA", "INELIGIBLE"]))
@click.option("--reason", required=True)
@SERVER
def revoke(contest: str, entry: str, ground: str, reason: str, server: str | None) -> None:
    """Take the prize of ENTRY, by its id, back."""
    named = f"entries/{quote(entry, safe='')}/revocation"
    said = send(server, path(contest, named), {"ground": ground, "reason": reason})
    click.echo(f"Quyết định số {said['decision']}, hủy phần giải trong {said['cancels']}")


@group.command("petitions")
@click.argument("contest")
@SERVER
def petitions(contest: str, server: str | None) -> None:
    """Print the petitions and complaints of CONTEST with their clocks."""
    answer = Door.of_environment(server).read(path(contest, "petitions"))
    for one in convert(answer, tuple[PetitionView, ...]):
        late = " QUÁ HẠN" if one.is_overdue else ""
        by = one.accept_by if one.state == "FILED" else one.answer_by
        until = f", trước {by:%Y-%m-%d %H:%M %Z}" if by else ""
        click.echo(f"{one.petition_id} {one.kind} {one.state}{until}{late}: {one.title}")


def path(contest: str, rest: str) -> str:
    """Return where the API has something of a contest."""
    return f"/v1/contests/{quote(contest, safe='')}/{rest}"


def send(server: str | None, where: str, said: dict[str, Any] | None = None) -> Any:  # noqa: ANN401  # JSON
    """Send a command and return what came of it."""
    body = json.encode(said) if said is not None else None
    return Door.of_environment(server).ask("POST", where, body, kind="application/json")


def listed(found: PrizeList) -> Iterator[str]:
    """Yield a list in words, line by line."""
    yield f"{found.state}, lần lập {found.drawn}, kết quả lần {found.revision}"
    for line in found.lines:
        share = f" ({line.share} mức giải)" if line.share != "1" else ""
        yield f"{line.rank:>3}  {line.prize}{share}  {line.score}  {line.title}"
    for one in found.unawarded:
        why = f": {one.reason} ({one.minutes})" if one.reason else ""
        yield f"     {one.prize}: trao {one.awarded}/{one.count}{why}"
    for tie in found.ties:
        yield f"     đồng hạng, chờ biểu quyết: {', '.join(tie)}"
    if found.returned:
        yield f"     {found.returned.authority} trả lại: {found.returned.reason}"
    if found.awaited:
        yield f"     chờ phê duyệt: {', '.join(found.awaited)}"


def entered(found: MoneyView) -> Iterator[str]:
    """Yield the ledgers in words, line by line."""
    yield f"{'Theo' if found.is_due else 'Tạm tính theo'} ngày {found.decided_on:%d/%m/%Y}"
    for line in found.lines:
        yield f"{line.ledger:<8}{line.kind:<10}{line.amount_vnd:>14}  {line.title}: {line.basis}"
    yield f"Tiền giải {found.contest_vnd}, tiền thưởng {found.bonus_vnd},"
    yield f"còn phải thu hồi {found.to_recover_vnd} đồng"
    for one in found.sources:
        checked = "" if one.is_checked else " (đối chiếu văn bản trước khi chi)"
        yield f"{one.name} {one.value}: {one.source}{checked}"
    for tax in found.taxes:
        yield f"Thuế {tax.amount_vnd} đồng ({tax.entry_id}): {tax.text}"
