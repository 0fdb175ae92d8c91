"""Zalo's access token: kept in the database, renewed by one copy of the service at a time."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from hashlib import sha256

from kernel.database import Work
from services.notify import channels, store
from services.notify.domain import Down, Outcome
from services.notify.domain.reasons import Reason
from services.notify.written import FormMessage

PROVIDER = "zns"
Open = Callable[[], AbstractContextManager[Work]]  # a transaction of its own
Forms = Sequence[channels.Parcel[FormMessage]]


def send_forms(
    open_work: Open, zalo: channels.Zalo, forms: Forms
) -> Iterator[tuple[str, Outcome]]:
    """Send messages by a token that is good; where it turns out not to be, the rest waits."""
    waiting, access = list(forms), ""
    try:
        with open_work() as work:
            access = good_token(work, zalo)
        for delivery_id, outcome in channels.send_forms(zalo, access, forms):
            waiting.pop(0)
            yield delivery_id, outcome
    except channels.NotTaken as error:
        yield from ((one.delivery_id, error.outcome) for one in waiting)
    except channels.BadSetup as error:
        yield from ((one.delivery_id, Down(str(error))) for one in waiting)
    except channels.TokenEnded:
        with open_work() as work:
            end_token(work, access)
        yield waiting[0].delivery_id, Down(Reason.TOKEN_ENDED.say())


def good_token(work: Work, zalo: channels.Zalo) -> str:
    """Return a token that lasts, a new one if need be. Raises `NotTaken`, `BadSetup`.

    The row stays locked while a new one is fetched: what brings it is good for once.
    """
    row = store.load_token(work.session, work.tenant, PROVIDER)
    given = channels.secret_in(zalo.refresh_file)
    digest = sha256(given.encode()).hexdigest()
    # A file that was changed since is an operator's way out of a token that was lost.
    is_known = row is not None and row.given == digest
    if row is not None and is_known and work.now < row.access_until - channels.EARLY:
        return row.access
    token = channels.refresh(
        zalo, row.refresh if row is not None and is_known else given, work.now
    )
    fresh = {
        "tenant": work.tenant,
        "provider": PROVIDER,
        "access": token.access,
        "access_until": token.until,
        "refresh": token.refresh,
        "given": digest,
    }
    store.save_token(work.session, store.TokenRow(**fresh))
    return token.access


def end_token(work: Work, access: str) -> None:
    """Remember that a token has ended before its time, unless another copy has renewed it."""
    row = store.load_token(work.session, work.tenant, PROVIDER)
    if row is not None and row.access == access:
        row.access_until = work.now
