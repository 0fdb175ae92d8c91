"""Official papers after their issue: printed, signed, checked by anybody; and their wording."""

from datetime import date, datetime
from typing import ClassVar, Literal

from msgspec import Struct

from contracts.awards.awarding import Paper
from contracts.message import PUBLIC, Command, Event, Query

SignRole = Literal["approve", "issue", "attach"]


class ShowPaperState(Query, frozen=True, kw_only=True):
    """Reply: `PaperState`, for anybody who holds a paper and scans its code."""

    scope: ClassVar = PUBLIC

    paper_id: str


class PaperSignature(Struct, frozen=True, kw_only=True):
    """A signature the platform has made or accepted: for what, by whose certificate, and when.

    `certificate` is the SHA-256 of the certificate's DER form in hex; `is_bound` says whether it
    was bound to the authority (`BindSigner`). Of signatures from before that, both are unknown.
    `stamped_at` is when a time stamping authority (RFC 3161) saw it. `is_withdrawn` is what the CA
    said of the certificate when the signature was taken; None is unknown.
    """

    role: SignRole
    by: str
    at: datetime
    certificate: str = ""
    is_bound: bool | None = None
    stamped_at: datetime | None = None
    is_withdrawn: bool | None = None


class PaperState(Struct, frozen=True, kw_only=True):
    """What the platform knows of a paper: nothing of `UNKNOWN`. No personal data is in it.

    `number` is whole, `05/QĐ-UBND`. `about` is the subject of a document, the achievement that a
    certificate tells of. `sha256` are the digests, in hex, of its PDF as printed and after each
    signature, the newest last. `revoked_by` is the decision's number.
    """

    state: Literal["VALID", "REVOKED", "UNKNOWN"]
    paper_id: str = ""
    type_name: str = ""
    number: str = ""
    dated: date | None = None
    issuer: str = ""
    about: str = ""
    register: int | None = None
    sha256: tuple[str, ...] = ()
    signatures: tuple[PaperSignature, ...] = ()
    revoked_at: datetime | None = None
    revoked_by: str | None = None


class ShowPaperRegister(Query, frozen=True, kw_only=True):
    """Reply: `PaperRegister`, for anybody who checks papers without a network."""

    scope: ClassVar = PUBLIC


class PaperRegister(Struct, frozen=True, kw_only=True):
    """Every issued paper of an organising authority and its state, as of an instant."""

    tenant: str
    as_of: datetime
    papers: tuple[PaperState, ...]


class ShowPrinting(Query, frozen=True, kw_only=True):
    """Reply: `Printing`, for the office."""

    contest_id: str


class PrintingLine(Struct, frozen=True, kw_only=True):
    """A paper as the office lists it; `type_name` is what kind it calls itself."""

    paper_id: str
    kind: str
    form: str
    number: str
    dated: date
    register: int | None
    is_printed: bool
    signed: tuple[SignRole, ...]
    revoked_at: datetime | None = None
    type_name: str = ""
    subject: str = ""
    authority: str = ""


class Printing(Struct, frozen=True, kw_only=True):
    """How far the printing of a contest's papers is: how many there are, printed, signed."""

    papers: int
    printed: int
    signed: int
    lines: tuple[PrintingLine, ...] = ()


class PaperPrinted(Event, frozen=True, kw_only=True):
    """A paper came off the press; the digests, in hex, are those of its files before signing."""

    contest_id: str
    paper: Paper
    pdf_sha256: str
    docx_sha256: str


class AskToSign(Command, frozen=True, kw_only=True):
    """Open a session in which the caller's signing agent fetches a PDF and returns it signed.

    Reply: `SigningTask`.
    """

    paper_id: str
    role: SignRole


class SigningTask(Struct, frozen=True, kw_only=True):
    """What an agent is told: where the file is, and the session that takes it back, once."""

    session_id: str
    file_url: str
    file_name: str
    number: str
    ends_at: datetime


class TakeSigned(Command, frozen=True, kw_only=True):
    """Take a file back from a signing agent. Reply: `PaperSignature`.

    Refused unless it is the file that was given out, with one more signature that holds.
    """

    session_id: str
    content: bytes


class ShowWording(Query, frozen=True, kw_only=True):
    """Reply: `Wording`, for the office."""

    profile: str


class Wording(Struct, frozen=True, kw_only=True):
    """How papers of a legal profile are worded: the whole, and what of it the tenant changed.

    Both are JSON objects, written out.
    """

    profile: str
    changes: str
    whole: str


class ChangeWording(Command, frozen=True, kw_only=True):
    """Change how papers are worded from now on; none that is issued changes. Reply: the number.

    `changes`, a JSON object written out, is laid over the profile's own words, key by key, and
    replaces earlier changes.
    """

    profile: str
    changes: str


class CertificatePrinted(Event, frozen=True, kw_only=True):
    """The certificate of an entry has come off the press; `number` is whole, `05/QĐ-UBND`.

    It may be before the results are public: nobody outside the office is told until then. Said by
    0.3.0 beside `PaperPrinted`, which says it alone since.
    """

    contest_id: str
    paper_id: str
    entry_id: str
    number: str
