"""Zalo ZNS: messages by approved templates, each field no longer than its kind allows.

The access token lasts about a day, and the token that brings the next one is good for once:
`refresh` gets both, its caller keeps them.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from services.notify.channels.parcel import NotTaken, Parcel, Provider, found
from services.notify.channels.setup import Zalo, secret_in, shipped_limits
from services.notify.channels.sms import code_of
from services.notify.domain import Down, Outcome, Reached, TurnedAway
from services.notify.domain.reasons import Reason
from services.notify.domain.short import NoMobile, mobile
from services.notify.written import FormMessage

EARLY = timedelta(minutes=5)  # a token is renewed so long before it ends


class FormRefused(ValueError):
    """The message does not fit the approved template."""


class TokenEnded(Exception):
    """The provider no longer knows the access token."""


@dataclass(frozen=True, slots=True)
class Token:
    """An access token, until when it is good, and what brings the next one."""

    access: str
    until: datetime
    refresh: str


def refresh(zalo: Zalo, refresh_token: str, now: datetime) -> Token:
    """Get a new token. Raises `NotTaken`, `BadSetup`."""
    asked = {
        "app_id": zalo.app_id,
        "grant_type": "refresh_token",
        "refresh_token": refresh_token,
    }
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "secret_key": secret_in(zalo.secret_file),
    }
    provider = Provider(zalo.token_url)
    answer = provider.post(headers, urlencode(asked).encode())
    access, following = found(answer, "access_token"), found(answer, "refresh_token")
    if not access or not following:
        code = code_of(found(answer, "error"))
        raise NotTaken(TurnedAway(Reason.NO_TOKEN.say(code=code)))
    seconds = int(found(answer, "expires_in") or 3600)
    return Token(str(access), now + timedelta(seconds=seconds), str(following))


def send_forms(
    zalo: Zalo, access: str, parcels: Sequence[Parcel[FormMessage]]
) -> Iterator[tuple[str, Outcome]]:
    """Send one message after another. Raises `TokenEnded` where the token is refused."""
    provider = Provider(zalo.url)
    headers = {"Content-Type": "application/json", "access_token": access}
    for parcel in parcels:
        yield parcel.delivery_id, send_form(zalo, provider, headers, parcel)


def send_form(
    zalo: Zalo, provider: Provider, headers: Mapping[str, str], parcel: Parcel[FormMessage]
) -> Outcome:
    """Send one."""
    try:
        body = {
            "phone": mobile(parcel.address),
            "template_id": parcel.written.template_id,
            "template_data": fill(zalo, parcel.written),
            "tracking_id": parcel.delivery_id,
        }
    except (FormRefused, NoMobile) as error:
        return TurnedAway(str(error), for_good=True)
    try:
        answer = provider.post(headers, json.dumps(body).encode())
    except NotTaken as refused:
        return refused.outcome
    return judge(zalo, provider.host, answer)


def judge(zalo: Zalo, host: str, answer: object) -> Outcome:
    """Read an answer: only `error: 0` means that the message was taken."""
    code = found(answer, "error")
    if code == 0 and not isinstance(code, bool):
        return Reached(host, code_of(found(answer, "data.msg_id")))
    if code in zalo.token_errors:
        raise TokenEnded
    reason = Reason.ZALO_REFUSED.say(code=code_of(code))
    return Down(reason) if code in zalo.passing_errors else TurnedAway(reason, for_good=True)


def fill(zalo: Zalo, form: FormMessage) -> dict[str, str]:
    """Fill an approved template, cutting what may be cut. Raises `FormRefused`."""
    kinds = zalo.templates.get(form.template_id)
    if kinds is None:
        raise FormRefused(Reason.ZNS_NOT_APPROVED.say(template=form.template_id))
    # A message says all it may say; a template takes what it was approved with.
    if missing := sorted(set(kinds) - set(form.fields)):
        names = ", ".join(missing)
        raise FormRefused(Reason.ZNS_ASKS_MORE.say(template=form.template_id, names=names))
    limits = {**shipped_limits(), **zalo.limits}
    filled = {}
    for name, kind in kinds.items():
        if kind not in limits:
            raise FormRefused(Reason.ZNS_NO_LIMIT.say(name=name, kind=kind))
        value, limit = " ".join(form.fields[name].split()), limits[kind]
        if not value:
            raise FormRefused(Reason.ZNS_EMPTY.say(name=name))
        if len(value) > limit.most and limit.over == "REFUSE":
            raise FormRefused(Reason.ZNS_FIELD_TOO_LONG.say(name=name, most=limit.most))
        filled[name] = value if len(value) <= limit.most else value[: limit.most - 1] + "…"
    if sum(map(len, filled.values())) > zalo.most:
        raise FormRefused(Reason.ZNS_TOO_LONG.say(most=zalo.most))
    return filled
