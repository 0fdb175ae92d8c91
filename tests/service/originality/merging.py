"""A process that merges postings for ever, in steps so small that there are many of them."""

import time
from typing import Any
from unittest.mock import patch

from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import NullPool

from kernel.database import enter
from kernel.tables import current_tenant
from services.originality.store import postings
from services.originality.store.postings import Channel, merging

SMALL = {"FLUSH": 300, "FLUSH_MOST": 1_000, "STEP": 200, "SWEEP_TEXTS": 7, "SWEEP_BUCKETS": 50}


def merge_for_ever(url: str, tenant: str, steps: Any) -> None:
    """Merge step after step, and count them, until killed; begin anew when the line is cut."""
    sessions = sessionmaker(create_engine(url, poolclass=NullPool))
    with patch.multiple(merging, **SMALL):
        while True:
            try:
                merge_all(sessions, tenant, steps)
            except DBAPIError:
                time.sleep(0.01)


def merge_all(sessions: "sessionmaker[Session]", tenant: str, steps: Any = None) -> None:
    """Merge every channel until there is nothing to do."""
    token = current_tenant.set(tenant)
    is_busy = True
    while is_busy:
        is_busy = False
        for channel in Channel:
            with sessions.begin() as session:
                enter(session, tenant)
                if postings.merge(session, channel):
                    is_busy = True
                    if steps is not None:
                        steps.value += 1
    current_tenant.reset(token)
