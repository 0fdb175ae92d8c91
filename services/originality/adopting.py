"""How a winner that is put to use becomes a known initiative of the province."""

from contracts import awards
from services.originality import domain, store

REGISTER = "AP_DUNG"  # the register of winners adopted here (sáng kiến đã áp dụng)


def entry_of(register: str, code: str) -> str | None:
    """Return which entry an initiative was, if it won here: its code then says so."""
    return code if register == REGISTER else None


def text_of_adopted(heard: awards.InitiativeAdopted, body: str) -> store.KeptText:
    """Return an adopted entry as the register keeps it, its title first; its id is its code."""
    return store.KeptText(
        kind=store.Kind.KNOWN_INITIATIVE,
        source_id=heard.entry_id,
        title=heard.title,
        body=f"{heard.title}\n\n{body}",
        register=REGISTER,
        applied_at=heard.adopted_at,
        applied_on=heard.adopted_on,
        scope=domain.Scope(heard.reach),
        entry_id=heard.entry_id,
    )
