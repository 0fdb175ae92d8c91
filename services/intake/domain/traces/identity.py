"""Who must not be recognised in an entry, as its dossier tells."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What somebody could be recognised by."""

    PERSON = "PERSON"
    UNIT = "UNIT"
    ENTERPRISE = "ENTERPRISE"
    POSITION = "POSITION"
    EMAIL = "EMAIL"
    PHONE = "PHONE"
    NUMBER = "NUMBER"  # of a citizen, of a taxpayer
    ADDRESS = "ADDRESS"
    LABELLED = "LABELLED"  # what follows “Họ và tên:” and the like
    ADDED = "ADDED"  # named by who checked the copy


@dataclass(frozen=True, slots=True)
class Named:
    """A person on or behind the entry."""

    full_name: str
    email: str = ""
    phone: str = ""
    position: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it is called now or was called once, with the short name it was recorded under."""

    name: str
    short_name: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """All that is looked for in one entry's papers.

    `added` are words somebody who checked a copy wants out as well, `kept` those that stay.
    """

    people: tuple[Named, ...] = ()
    units: tuple[Unit, ...] = ()
    enterprise: str = ""
    tax_code: str = ""
    added: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
