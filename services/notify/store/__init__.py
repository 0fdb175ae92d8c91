"""The tables of notify, and what is kept in them. No rules here.

`known` is what was learnt from the others' events, `desks` the judges' assignments, `queue` the
deliveries and the counterparties they go to.
"""

from services.notify.store.desks import desks_of, lay_on_desks, open_round
from services.notify.store.known import (
    load_contest,
    load_entries,
    load_entry,
    load_judged,
    load_people,
    mark_accepted,
    mark_out,
    save_contest,
    save_entry,
    save_person,
)
from services.notify.store.queue import (
    MAIL,
    ClientRow,
    DeliveryRow,
    claim_due,
    leave_alone,
    list_deliveries,
    load_delivery,
    load_webhook,
    put_in_queue,
    ready_clients,
    record,
    requeue,
    save_webhook,
    tenants_due,
    welcome_back,
)
from services.notify.store.table import Table

__all__ = [
    "MAIL",
    "ClientRow",
    "DeliveryRow",
    "Table",
    "claim_due",
    "desks_of",
    "lay_on_desks",
    "leave_alone",
    "list_deliveries",
    "load_contest",
    "load_delivery",
    "load_entries",
    "load_entry",
    "load_judged",
    "load_people",
    "load_webhook",
    "mark_accepted",
    "mark_out",
    "open_round",
    "put_in_queue",
    "ready_clients",
    "record",
    "requeue",
    "save_contest",
    "save_entry",
    "save_person",
    "save_webhook",
    "tenants_due",
    "welcome_back",
]
