"""Empties the sandbox of an organising authority in a service: every table's rows of it."""

import logging

from sqlalchemy import column, delete, func, table, text

from contracts.sandbox import is_trial
from kernel.database import Work
from kernel.errors import Refused, require

log = logging.getLogger(__name__)

# Of the kernel's tables: what still has to be sent, what was heard, and who is worked for.
KEPT = frozenset({"outbox", "inbox", "request", "tenant"})
TABLES = """
    SELECT table_name FROM information_schema.columns
    JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = current_schema() AND column_name = 'tenant' AND table_type = 'BASE TABLE'
    ORDER BY table_name
"""


class NotASandbox(Refused):
    """Only a sandbox is emptied; its name ends with -sandbox."""


def empty_sandbox(work: Work) -> int:
    """Delete the sandbox's rows; return how many. Raises `NotASandbox`."""
    require(work.actor, "operator")
    if not is_trial(work.tenant):
        raise NotASandbox
    # A handler that holds a row is waited for no longer than this; then all may be tried again.
    work.session.execute(text("SET LOCAL lock_timeout = '20s'"))
    names = [name for (name,) in work.session.execute(text(TABLES)) if name not in KEPT]
    # Row-level security would hide the others; that they stay must not hang on it alone.
    own = column("tenant") == work.tenant
    found = [work.session.execute(delete(table(name)).where(own)) for name in names]
    given_up = (own, column("state").in_(("retry", "dead")))
    work.session.execute(delete(table("inbox")).where(*given_up))
    answered = (own, column("id") != work.message_id, column("received_at") < func.now())
    work.session.execute(delete(table("request")).where(*answered))
    rows = sum(one.rowcount for one in found)  # type: ignore[attr-defined]  # of a DELETE
    log.warning("sandbox emptied", extra={"fields": {"tenant": work.tenant, "rows": rows}})
    return rows
