"""What a child of the service does for one copy: fetch the document, have the copy made apart."""

import msgspec
import urllib3

from press.font import find_font
from services.intake.blinding.desk import LARGEST, made_apart
from services.intake.blinding.orders import Copy, Order, Task

_PATIENCE = urllib3.Timeout(connect=3, read=60)


def make(body: bytes) -> bytes:
    """Answer an `Order` with a `Copy`, both as MessagePack."""
    order = msgspec.msgpack.decode(body, type=Order)
    if order.size > LARGEST:
        return msgspec.msgpack.encode(Copy(problem="TOO_BIG"))
    task = Task(
        body=fetched(order),
        kind=order.kind,
        identity=order.identity,
        boxes=order.boxes,
        font_folder=str(find_font(order.font_path).parent),
    )
    return made_apart(msgspec.msgpack.encode(task))


def fetched(order: Order) -> bytes:
    """Return the bytes at the order's URL; raises `HTTPError` where the store does not answer."""
    with urllib3.PoolManager(
        timeout=_PATIENCE, retries=urllib3.Retry(4, backoff_factor=0.3)
    ) as web:
        answer = web.request("GET", order.url)
        if answer.status != 200:
            raise urllib3.exceptions.HTTPError(f"The store said {answer.status}.")
        return answer.data
