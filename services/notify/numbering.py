"""How a notice becomes a document of the office: its number, and the organisation it goes to.

Both are the office's to give, in the channels file; nothing is made up.
"""

from dataclasses import replace

from kernel.database import Work
from services.notify import store
from services.notify.channels import Axis
from services.notify.channels.axis import ZONE
from services.notify.domain.reasons import Reason
from services.notify.written import OfficialDocument


class NoDocument(Exception):
    """This notice cannot go out as a document; the message says what the office has to give."""


def as_document(
    work: Work, axis: Axis | None, delivery_id: str, unit_id: str | None, written: OfficialDocument
) -> OfficialDocument:
    """Return it numbered and addressed to the reader's unit. Raises `NoDocument`."""
    if axis is None:
        raise NoDocument(Reason.NOT_SET_UP.say(channel="EDXML", tenant=work.tenant))
    if not axis.notation:
        raise NoDocument(Reason.NO_NUMBERS.say())
    if unit_id is None:
        raise NoDocument(Reason.NO_UNIT.say())
    organ_id = axis.organs.get(unit_id)
    if organ_id is None:
        raise NoDocument(Reason.NO_ORGAN.say(unit_id=unit_id))
    series = (axis.notation, axis.first_number)
    today = work.now.astimezone(ZONE).date()
    given = store.number_document(work.session, work.tenant, delivery_id, series, today)
    code = f"{given.number:02d}/{given.notation}"
    return replace(written, code=code, dated=given.dated, issued_by=axis.organ_id, to=(organ_id,))
