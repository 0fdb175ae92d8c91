"""What intake's messages are made of: units, authors, documents, declarations, shares."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct

Channel = Literal["ONLINE", "DESK", "POST", "ONE_STOP"]
EntrantKind = Literal["INDIVIDUAL", "COLLECTIVE"]


class Agency(Struct, frozen=True, kw_only=True):
    """A unit of the province; codes that no source gives stay None.

    The codes are those of QCVN 102, of Quyết định 20/2020/QĐ-TTg and of the statistics office;
    `staff` counts people, `source` says where the row is from (`mem`: from memory, unverified).
    """

    unit_id: str
    name: str
    kind: str
    short_name: str | None = None
    parent_id: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    code_qcvn102: str | None = None
    code_qd20: str | None = None
    gso_code: str | None = None
    staff: int | None = None
    contact_email: str | None = None  # in no event, and for staff only
    source: str | None = None


class Author(Struct, frozen=True, kw_only=True):
    """Someone who made the entry. `share` is their part in percent; all sum to 100.

    `person_id` is set when the author has an account; otherwise intake gives one.
    """

    full_name: str
    email: str | None = None
    phone: str | None = None
    unit_id: str | None = None
    position: str | None = None
    share: Decimal = Decimal(100)
    person_id: str | None = None


class Enterprise(Struct, frozen=True, kw_only=True):
    """The enterprise an entry comes from; `tax_code` has 10 digits, or 10 and 3 after a hyphen."""

    name: str = ""
    tax_code: str = ""
    representative: str = ""


class Improvement(Struct, frozen=True, kw_only=True):
    """An index of the rules the entry improves: from `baseline` to `target` in a year.

    The evidence is said in words, or is one of the entry's documents.
    """

    index: str
    component: str | None = None
    baseline: Decimal | None = None
    target: Decimal | None = None
    year: int | None = None
    evidence: str = ""
    document_id: str | None = None


class DocumentRef(Struct, frozen=True, kw_only=True):
    """A document in intake's bucket. `code` is the dossier's paper code, `size` in bytes."""

    document_id: str
    code: str
    key: str
    sha256: str
    media_type: str
    size: int


class MadeDeclaration(Struct, frozen=True, kw_only=True):
    """A declaration that was made, in the words of `version` whose digest is `sha256`."""

    code: str
    version: int
    sha256: str
    made_at: datetime
    made_by: str


class Confirmation(Struct, frozen=True, kw_only=True):
    """What the head of the unit says of the version handed in."""

    version: int
    confirmed: bool
    note: str
    at: datetime
    by: str


class Share(Struct, frozen=True, kw_only=True):
    """A person's part of an entry, in percent."""

    person_id: str
    percent: Decimal
