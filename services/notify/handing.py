"""Handing a long queue over to the process that sends such: `over`, which never waits for it."""

import logging
from dataclasses import replace
from threading import Lock, Thread

import msgspec

from kernel.crunch import Crashed, Crunch, Failed
from services.notify.bulk import LongQueue
from services.notify.lanes import Lane, Lanes

log = logging.getLogger(__name__)


class Handing:
    """What one process is handing over at the moment."""

    def __init__(self) -> None:
        self.going: set[tuple[int, str, str]] = set()
        self.lock = Lock()

    def over(self, bulk: Crunch, lanes: Lanes, lane: Lane) -> None:
        """Hand a lane's queue over, unless that is being done; the timer that asks goes on."""
        key = (id(lane.database), lane.tenant, lane.counterparty)
        with self.lock:
            if key in self.going:
                return
            self.going.add(key)

        def run() -> None:
            try:
                self.hand(bulk, lanes, lane)
            finally:
                with self.lock:
                    self.going.discard(key)

        # A daemon: starting the other process takes a second or two.
        Thread(target=run, daemon=True).start()

    def hand(self, bulk: Crunch, lanes: Lanes, lane: Lane) -> None:
        """Call the other process; where it can't be had, send here what it would have sent."""
        asked = msgspec.msgpack.encode(LongQueue(lane.tenant, lane.counterparty))
        try:
            bulk.call("haul", asked)
        except (Crashed, Failed):
            log.exception("long queue not handed over", extra={"fields": {"tenant": lane.tenant}})
            alone = msgspec.structs.replace(lane.settings, long_queue=0)
            lanes.start(replace(lane, settings=alone))
