"""Commands: each that was acknowledged is done, once, and its reply is kept for repetitions."""

from collections.abc import Iterator
from itertools import islice

from invariants.finding import Finding
from invariants.places import BATCH, SERVICES, Places

# What a reply names must be there: the service, the member of the reply, the table and its column.
NAMED = (
    ("intake", "entry_id", "entry", "entry_id"),
    ("intake", "receipt_code", "entry", "receipt_code"),
    ("awards", "paper_id", "paper", "paper_id"),
)


def commands_answered(places: Places) -> Finding:
    """Look for commands begun and never answered, and acknowledged ones nobody remembers."""
    found = Finding("commands")
    question = (
        "SELECT count(*) AS every, count(*) FILTER (WHERE reply IS NULL AND received_at < :before)"
        " AS open, min(id) FILTER (WHERE reply IS NULL) AS one FROM request"
    )
    for service in SERVICES:
        row = next(places.rows(service, question, before=places.terms.before()))
        found.looked_at += row.every
        if row.open:
            found.fault(
                f"{service} has {row.open} commands without a reply, such as {row.one}", row.open
            )
    acknowledged = places.terms.acknowledged()
    while batch := list(islice(acknowledged, BATCH)):
        found.looked_at += len(batch)
        for lost in sorted(set(batch) - set(remembered(places, batch))):
            found.fault(f"the command {lost} was acknowledged, and no service remembers it")
    return found


def remembered(places: Places, ids: list[str]) -> Iterator[str]:
    """Yield those of the commands that some service has answered."""
    question = "SELECT id FROM request WHERE id = ANY(:ids) AND reply IS NOT NULL"
    for service in SERVICES:
        yield from (row.id for row in places.rows(service, question, ids=ids))


def effects_there(places: Places) -> Finding:
    """Look for replies that name what is not there."""
    found = Finding("things that replies name")
    for service, member, table, column in NAMED:
        # Of names of this module only; no value is written into the question.
        question = (
            "SELECT named.tenant, named.id, named.thing, there.tenant IS NULL AS is_lost FROM"
            " (SELECT tenant, id, convert_from(reply, 'UTF8')::json -> 'ok' ->> :member AS thing"
            "  FROM request WHERE reply IS NOT NULL AND substr(convert_from(reply, 'UTF8'), 1, 7)"
            "  = '{\"ok\":{') AS named"
            f" LEFT JOIN {table} AS there ON there.tenant = named.tenant AND there.{column} ="
            " named.thing WHERE named.thing <> ''"
        )
        for row in places.rows(service, question, member=member):
            found.looked_at += 1
            if row.is_lost:
                said = f"{service} answered {row.id} of {row.tenant} with {member} {row.thing}"
                found.fault(f"{said}, and has no such {table}")
    return found
