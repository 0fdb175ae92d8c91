"""The port to another province's platform: sign in there, ask, and read a band and a contact."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, TypeVar

import msgspec
import urllib3
from msgspec import Struct

from contracts.originality import BandAnswer
from kernel.errors import Refused
from services.originality.agreements import Partner
from services.originality.deadline import Deadline

S = TypeVar("S", bound=Struct)

MOST_READ = 64 * 1024  # bytes of an answer


class ProvinceSilent(Refused):
    """The other province's platform does not answer; ask again later."""

    may_pass: ClassVar[bool] = True


class ProvinceRefuses(Refused):
    """The other province's platform does not take the question."""

    may_pass: ClassVar[bool] = True


class _Token(Struct, frozen=True):
    access_token: str


class _Problem(Struct, frozen=True):
    detail: str = ""


def ask(partner: Partner, question: Sequence[str], seconds: float) -> BandAnswer:
    """Ask a province, and wait for so many seconds in all.

    Raises `ProvinceSilent` or `ProvinceRefuses`.
    """
    who = urllib3.make_headers(basic_auth=f"{partner.client_id}:{partner.client_secret}")
    form = {"Content-Type": "application/x-www-form-urlencoded", "X-Tenant": partner.tenant}
    granting = b"grant_type=client_credentials&scope=exchange%3Aask"
    with Deadline(seconds) as deadline:
        token = _post(partner, "/v1/token", granting, {**who, **form}, deadline)
        signed_in = {
            "Authorization": f"Bearer {_read(partner, token, _Token).access_token}",
            "Content-Type": "application/json",
        }
        body = msgspec.json.encode({"fingerprints": question})
        answer = _post(partner, "/v1/exchange/comparisons", body, signed_in, deadline)
    return _read(partner, answer, BandAnswer)


def _post(
    partner: Partner, path: str, body: bytes, headers: Mapping[str, str], deadline: Deadline
) -> bytes:
    """Make one request, follow no redirect, and return what a good answer says."""
    before = (urllib3.util.parse_url(partner.url).path or "").rstrip("/")
    try:
        with deadline.pool(partner.url) as pool:
            answer = pool.request(
                "POST",
                f"{before}{path}",
                body=body,
                headers=dict(headers),
                preload_content=False,
                redirect=False,
            )
            said: bytes = answer.read(MOST_READ)
            answer.close()
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise ProvinceSilent("{province} does not answer.", province=partner.province) from error
    if deadline.is_over or answer.status >= 500:
        raise ProvinceSilent("{province} does not answer.", province=partner.province)
    if answer.status >= 300:
        raise _refusal(partner, answer.status, said)
    return said


def _refusal(partner: Partner, status: int, said: bytes) -> ProvinceRefuses:
    """Return why a province does not answer, in its own words if it has any."""
    try:
        reason = msgspec.json.decode(said, type=_Problem).detail
    except msgspec.DecodeError:
        reason = ""
    template = "{province} does not take the question: {reason}"
    return ProvinceRefuses(template, province=partner.province, reason=reason or str(status))


def _read(partner: Partner, said: bytes, kind: type[S]) -> S:
    """Read an answer of this kind; anything else is no answer."""
    try:
        return msgspec.json.decode(said, type=kind)
    except msgspec.DecodeError as error:
        raise ProvinceSilent("{province} does not answer.", province=partner.province) from error
