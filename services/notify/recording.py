"""Writing down what came of tries, and announcing what is final."""

from collections.abc import Iterable, Sequence
from typing import assert_never, cast

import msgspec

from contracts import notify
from kernel.database import Work
from services.notify import domain, store
from services.notify.domain import Outcome, Verdict


def settle(
    work: Work, rows: Iterable[store.DeliveryRow], tried: Sequence[tuple[str, Outcome]]
) -> None:
    """Record what came of each try, pass on what is given up, and announce what is final."""
    by_id = {row.delivery_id: row for row in rows}
    ended = [
        store.Ended(by_id[name], outcome, judge(work, by_id[name], outcome))
        for name, outcome in tried
    ]
    written = store.record(work.session, work.tenant, ended, work.now)
    for one in ended:
        # Another copy may have had it meanwhile, and said so.
        if one.row.delivery_id in written:
            conclude(work, one.row, one.verdict)


def judge(work: Work, row: store.DeliveryRow, outcome: Outcome) -> Verdict:
    """Decide what becomes of a delivery after a try."""
    return domain.settle(row.delivery_id, row.attempts, outcome, work.now, row.expires_at)


def conclude(work: Work, row: store.DeliveryRow, verdict: Verdict) -> None:
    """Announce what has become of a delivery; if it is given up, another channel may do."""
    match verdict:
        case domain.Done():
            work.announce(msgspec.convert(about(row), notify.Delivered))
        case domain.GivenUp(reason):
            fail(work, row, reason)
            store.put_instead(work.session, row, work.new_id(), work.now)
        case domain.Pointless(reason):
            fail(work, row, reason, expired=True)
        case domain.Again():
            pass
        case _:
            assert_never(verdict)


def fail(work: Work, row: store.DeliveryRow, reason: str, *, expired: bool = False) -> None:
    """Announce that a delivery has failed."""
    said = {**about(row), "reason": reason, "expired": expired}
    work.announce(msgspec.convert(said, notify.DeliveryFailed))


def about(row: store.DeliveryRow) -> dict[str, object]:
    """Return what is announced of any delivery."""
    return {
        "delivery_id": row.delivery_id,
        "event_id": row.event_id,
        "recipient": row.recipient,
        "channel": cast("notify.DeliveryChannel", row.channel),
        "entry_id": row.entry_ids[0] if len(row.entry_ids) == 1 else None,
    }
