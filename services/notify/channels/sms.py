"""SMS under a brand name: without diacritics, in as many segments as are allowed."""

import json
from collections.abc import Iterator, Sequence

from services.notify.channels.parcel import NotTaken, Parcel, Provider, found
from services.notify.channels.setup import Brand, secret_in
from services.notify.domain import Outcome, Reached, TurnedAway
from services.notify.domain.reasons import Reason
from services.notify.domain.short import NoMobile, TooLong, fit, mobile
from services.notify.written import ShortMessage

NAMES = {"brand": "from", "phone": "to", "text": "text", "id": "id"}


def send_texts(
    brand: Brand, parcels: Sequence[Parcel[ShortMessage]]
) -> Iterator[tuple[str, Outcome]]:
    """Send one SMS after another. Raises `BadSetup`."""
    token = secret_in(brand.token_file)
    headers = {"Content-Type": "application/json", **brand.headers}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    provider = Provider(brand.url)
    for parcel in parcels:
        yield parcel.delivery_id, send_text(brand, provider, headers, parcel)


def send_text(
    brand: Brand, provider: Provider, headers: dict[str, str], parcel: Parcel[ShortMessage]
) -> Outcome:
    """Send one."""
    try:
        text = fit(parcel.written.text, brand.most_segments, brand.over)
        phone = mobile(parcel.address)
    except (TooLong, NoMobile) as error:
        return TurnedAway(str(error), for_good=True)
    names: dict[str, str] = {**NAMES, **brand.names}  # type: ignore[dict-item]
    said = {"brand": brand.brand, "phone": phone, "text": text, "id": parcel.delivery_id}
    body = {names[name]: value for name, value in said.items()}
    try:
        answer = provider.post(headers, json.dumps(body).encode())
    except NotTaken as refused:
        return refused.outcome
    if brand.taken and str(found(answer, brand.taken)) not in brand.taken_values:
        code = code_of(found(answer, brand.taken))
        return TurnedAway(Reason.SMS_REFUSED.say(code=code))
    return Reached(provider.host, code_of(found(answer, brand.taken_id)))


def code_of(said: object) -> str:
    """Return a code or id of a provider as it is kept: short, and nothing that is a sentence."""
    text = "" if said is None else str(said)
    return text[:64] if " " not in text else "?"
