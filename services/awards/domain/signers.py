"""Which certificates may sign for whom, and on which days; start with `require_bound`.

A certificate under a trusted root says who somebody is, not that they have the power.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kernel.errors import Conflict, Refused


class SignerNotBound(Refused):
    """The certificate is not bound to the authority the paper is signed for."""


class SignerDaysReversed(Refused):
    """The last day on which a certificate may sign lies before the first."""


class SignerOver(Conflict):
    """The certificate signs for this authority no longer already."""


@dataclass(frozen=True, slots=True)
class Binding:
    """A certificate, by the SHA-256 of its DER form in hex, and the days on which it may sign.

    `role` is what the signature is for; `until`, None for no end, still counts.
    """

    authority: str
    role: str
    sha256: str
    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Tell whether the certificate may sign on this day."""
        return self.since <= day and (self.until is None or day <= self.until)


def check_days(since: date, until: date | None) -> None:
    """Refuse days of which none is meant."""
    if until is not None and until < since:
        raise SignerDaysReversed(
            "The last day {until} lies before the first, {since}.", until=until, since=since
        )


def require_bound(
    bindings: Iterable[Binding], wanted: Binding, signer: str, serial: str, day: date
) -> None:
    """Refuse a certificate that is not bound to the authority, for the role, on this day.

    `wanted` says which authority, role and certificate; its days do not count.
    """
    theirs = [
        each for each in bindings if (each.authority, each.role) == (wanted.authority, wanted.role)
    ]
    same = [each for each in theirs if each.sha256 == wanted.sha256]
    if any(each.holds(day) for each in same):
        return
    if same:
        raise SignerNotBound(
            "The certificate {serial} of {signer} may not sign for {authority} on {day}.",
            serial=serial,
            signer=signer,
            authority=wanted.authority,
            day=day,
        )
    if not theirs:
        raise SignerNotBound(
            "No certificate is bound to {authority} for this signature; an operator binds one.",
            authority=wanted.authority,
        )
    raise SignerNotBound(
        "The certificate {serial} of {signer} is not bound to {authority}.",
        serial=serial,
        signer=signer,
        authority=wanted.authority,
    )
