"""Who may enter: authors and their shares, units, and those the rules keep out."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from unicodedata import normalize

from contracts.rules import Entrants, Rules
from kernel.errors import Refused

WHOLE = Decimal(100)
SHARE_PLACES = 6

# The bodies a rules file may exclude, by the roles their members act under.
ROLES_OF = {
    "BAN_TO_CHUC": frozenset({"organiser"}),
    "BAN_GIAM_KHAO": frozenset({"judge", "chair"}),
    "TO_THU_KY": frozenset({"secretary"}),
    "SOFTWARE_OPERATORS": frozenset({"operator"}),
}


class UnknownArea(Refused):
    """The contest has no such area."""


class UnknownGroup(Refused):
    """The contest has no such group of entrants."""


class KindNotAllowed(Refused):
    """The contest takes no such kind of entry."""


class UnknownUnit(Refused):
    """This unit is not among those that take part."""


class TooManyAuthors(Refused):
    """The entry has too many authors."""


class NoAuthor(Refused):
    """An entry needs at least one author."""


class OneAuthorOnly(Refused):
    """An individual entry has exactly one author; enter as a collective instead."""


class AuthorTwice(Refused):
    """The same person is named twice among the authors."""


class SharesDoNotSum(Refused):
    """The authors' shares must sum to 100 percent."""


class ShareOutOfRange(Refused):
    """A share is above 0, at most 100 percent, and has at most 6 decimals."""


class NothingWritten(Refused):
    """A title, a summary and a name for every author are needed."""


class Excluded(Refused):
    """The rules keep this person from entering."""


@dataclass(frozen=True, slots=True)
class Author:
    """Someone who made the entry, as written on it; `share` in percent."""

    person_id: str
    full_name: str
    share: Decimal = WHOLE
    email: str | None = None
    phone: str | None = None
    unit_id: str | None = None
    position: str | None = None


def clean(text: str) -> str:
    """Return the text in NFC, every run of spaces (NBSP too) as a single one."""
    return re.sub(r"\s+", " ", normalize("NFC", text)).strip()


def email_key(email: str) -> str:
    """Return what two spellings of the same e-mail address have in common."""
    return normalize("NFC", email).strip().casefold()


def check_contents(rules: Rules, kind: str, group: str, area: str) -> None:
    """Raise unless the contest knows this kind of entry, this group and this area, if given."""
    if kind not in rules.entrants.kinds:
        raise KindNotAllowed("This contest takes no {kind} entries.", kind=kind)
    if group and group not in (one.code for one in rules.entrants.groups):
        raise UnknownGroup("This contest has no group of entrants {group}.", group=group)
    if area and area not in (one.code for one in rules.areas):
        raise UnknownArea("This contest has no area {area}.", area=area)


def check_units(wanted: Collection[str | None], known: Collection[str]) -> None:
    """Raise for the first unit that is not known."""
    for unit in wanted:
        if unit is not None and unit not in known:
            raise UnknownUnit("{unit} is not among the units that take part.", unit=unit)


def check_authors(entrants: Entrants, kind: str, authors: tuple[Author, ...]) -> None:
    """Raise unless so many people, with these shares, may make an entry together."""
    if not authors:
        raise NoAuthor
    check_draft_authors(entrants, authors)
    if kind == "INDIVIDUAL" and len(authors) > 1:
        raise OneAuthorOnly
    total = sum((author.share for author in authors), Decimal(0))
    if total != WHOLE and (entrants.shares_required or kind == "INDIVIDUAL"):
        raise SharesDoNotSum(
            "The authors' shares must sum to 100 percent; they sum to {total}.",
            total=f"{total:f}",
        )


def check_draft_authors(entrants: Entrants, authors: tuple[Author, ...]) -> None:
    """Raise for what is wrong even while the authors are still being typed in."""
    if len(authors) > entrants.max_authors:
        raise TooManyAuthors("An entry has at most {most} authors.", most=entrants.max_authors)
    if len({author.person_id for author in authors}) < len(authors):
        raise AuthorTwice
    if not all(is_share(author.share) for author in authors):
        raise ShareOutOfRange


def is_share(share: Decimal) -> bool:
    """Say whether a number can be somebody's part in percent; any such sum is exact."""
    return share.is_finite() and 0 < share <= WHOLE and share == round(share, SHARE_PLACES)


def check_not_excluded(
    entrants: Entrants,
    authors: Collection[str],
    seated: Collection[str],
    actor: tuple[str, frozenset[str]],
) -> None:
    """Raise, in the words of the rules, if an author sits on the jury or runs the contest.

    `seated` are the person ids on the jury; `actor` is who asks, with the roles held.
    """
    actor_id, roles = actor
    barred = frozenset[str]().union(*(ROLES_OF.get(body, ()) for body in entrants.excluded))
    if not set(authors).isdisjoint(seated) or (actor_id in authors and roles & barred):
        raise Excluded("{rule}", rule=entrants.excluded_rule)


def common_unit(stated: str | None, authors: tuple[Author, ...]) -> str | None:
    """Return the unit an entry counts for: the stated one, else the one all authors share."""
    units = {author.unit_id for author in authors}
    return stated or (units.pop() if len(units) == 1 else None)
