"""Events heard together: `hear_all` handles many in one transaction, each exactly once.

What fails there is handled once more event by event, so that one that fails holds up no other.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, TypeAlias

from contracts.message import Envelope
from kernel import clock, envelope
from kernel.database import Database, Origin, Work
from kernel.envelope import Undecodable
from kernel.execute import Handler, bury, hear

Heard: TypeAlias = tuple[Envelope, bytes]  # a message, and as it came

# One trip for all of a transaction; the arrays are as long as each other.
CLAIM_ALL = (
    "INSERT INTO inbox (tenant, handler, message_id, type, state, received_at, attempts)"
    " SELECT :tenant, :handler, id, type, 'done', :received_at, 1"
    " FROM unnest(CAST(:ids AS text[]), CAST(:types AS text[])) AS heard (id, type)"
    " ORDER BY id"  # so that two copies never wait for each other
    " ON CONFLICT DO NOTHING RETURNING message_id"
)


def hear_all(
    database: Database,
    service: object,
    handler: Handler,
    bodies: Sequence[bytes],
    pauses: tuple[float, ...],
) -> Counter[str]:
    """Handle events in the order they came, a transaction per tenant; count the outcomes.

    The handler must not announce: what many caused together has no cause.
    """
    outcomes: Counter[str] = Counter()
    by_tenant: dict[str, list[Heard]] = {}
    for data in bodies:
        try:
            enveloped = envelope.decode(data)
        except Undecodable as error:
            outcomes[bury(database, handler.name, data, str(error))] += 1
        else:
            by_tenant.setdefault(enveloped.tenant, []).append((enveloped, data))
    for own in by_tenant.values():
        outcomes += hear_own(database, service, handler, own, pauses)
    return outcomes


def hear_own(
    database: Database,
    service: object,
    handler: Handler,
    own: Sequence[Heard],
    pauses: tuple[float, ...],
) -> Counter[str]:
    """Handle one tenant's together; each alone where that fails."""
    together = handler.together
    assert together is not None, "the handler hears one by one"  # noqa: S101  # for the types
    name, tenant = str(getattr(service, "name", "kernel")), own[0][0].tenant

    def attempt() -> int:
        with database.work(Origin.own(name, tenant)) as work:
            fresh = claim_all(work, handler, [enveloped for enveloped, _ in own])
            if fresh:
                together(service, [handler.open(enveloped) for enveloped in fresh], work)
            return len(fresh)

    try:
        done = database.weather(attempt)
    except Exception:  # noqa: BLE001  # whatever it is, each tells it of itself
        return Counter(hear(database, service, handler, data, pauses) for _, data in own)
    return +Counter(done=done, repeated=len(own) - done)


def claim_all(work: Work, handler: Handler, heard: Sequence[Envelope]) -> list[Envelope]:
    """Begin by noting events as done; return those this handler has not had, each once."""
    claimed: Any = work.begin(
        CLAIM_ALL,
        handler=handler.name,
        ids=[each.id for each in heard],
        types=[each.type for each in heard],
        received_at=clock.now(),
    ).scalars()
    by_id = {each.id: each for each in reversed(heard)}
    new = set(claimed)
    return [each for each in heard if each.id in new and by_id[each.id] is each]
