"""Signs with a private key in a PKCS #12 file; start with `KeyFile.read`."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    NameObject,
    NumberObject,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper

from kernel.errors import Unavailable
from services.awards.orders import Role
from services.awards.signing.appearance import Room, look

# Characters kept for a signature, in hex; estimating them takes as long as signing.
ROOM = 16384

# The names of the fields say what a signature is for, in a form that old readers can show.
FIELDS: dict[Role, str] = {"approve": "KyPheDuyet", "issue": "KyPhatHanh", "attach": "KyDinhKem"}


class StampMissing(Unavailable):
    """The time stamping authority gave no time stamp."""


class KeyUnreadable(Unavailable):
    """A key to sign papers with cannot be read."""


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A key and its certificate; `at`, an aware instant, is when the signature is made.

    The signature is seen in the paper's `room`, and by nobody without one. `tsa` is the address
    of a time stamping authority (RFC 3161), if any.
    """

    signer: SimpleSigner
    at: datetime
    path: Path
    room: Room | None = None
    tsa: str = ""

    @classmethod
    def read(
        cls, path: str, password: str, at: datetime, *, room: Room | None = None, tsa: str = ""
    ) -> "KeyFile":
        """Read a PKCS #12 file. Raises `KeyUnreadable`, which never repeats the password."""
        return cls(read_signer(path, password), at, Path(path), room, tsa)

    @property
    def certificate(self) -> str:
        """Return the SHA-256 of the certificate's DER form, in hex."""
        return sha256(certificate_of(self.signer).dump()).hexdigest()

    def sign(self, document: bytes, role: Role) -> bytes:
        """Return the PDF with a PAdES signature (ETSI.CAdES.detached) in its field.

        Raises `PictureUnfit`, `StampMissing`.
        """
        meta = PdfSignatureMetadata(
            field_name=free_field(document, FIELDS[role]), subfilter=SigSeedSubFilter.PADES
        )
        try:
            return self._signed(document, meta, role, ROOM)
        except TimestampRequestError as problem:
            raise StampMissing(f"The time stamping authority {self.tsa}: {problem}") from problem
        except SigningError:  # a long chain of certificates: have its size estimated
            return self._signed(document, meta, role, None)

    def _signed(
        self, document: bytes, meta: PdfSignatureMetadata, role: Role, size: int | None
    ) -> bytes:
        seen: dict[str, Any] = {}
        if self.room:
            drawn = look(self.path, role, self.room, name_of(self.signer), self.at)
            field = drawn.field(meta.field_name or "", self.room)
            seen = {"stamp_style": drawn.style(), "new_field_spec": field}
        stamper = stamper_at(self.tsa) if self.tsa else None
        signer = TimedSigner(meta, self.signer, self.at, timestamper=stamper, **seen)
        signed: BytesIO = signer.sign_pdf(Appending(BytesIO(document)), bytes_reserved=size)
        return signed.getvalue()


class Appending(IncrementalPdfFileWriter):
    """Appends to a PDF and leaves its metadata alone: what says that it is PDF/A, and its date."""

    def _update_meta(self) -> None:
        pass


class TimedSigner(PdfSigner):
    """Signs at the work's instant rather than the machine's."""

    def __init__(
        self,
        meta: PdfSignatureMetadata,
        signer: SimpleSigner,
        at: datetime,
        **known: Any,  # noqa: ANN401  # pyHanko's own
    ) -> None:
        super().__init__(meta, signer, **known)
        self.at = at

    def init_signing_session(
        self,
        pdf_out: BasePdfFileWriter,
        existing_fields_only: bool = False,  # noqa: FBT001, FBT002  # pyHanko's own signature
    ) -> PdfSigningSession:
        """Begin, with the instant put in place of the machine's."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session


def ready_to_sign(document: bytes) -> bytes:
    """Return a PDF with an empty form appended: whatever is added to that later is a signature.

    Without it, a first signature could not be told from a change of the page.
    """
    writer = Appending(BytesIO(document))
    # The same paper is to print to the same bytes: its second id is not drawn by lot.
    second = ByteStringObject(sha256(document).digest()[:16])
    writer._document_id = ArrayObject([writer.document_id[0], second])  # noqa: SLF001
    # There are signatures, and the file only grows.
    signed = NumberObject(3)  # type: ignore[no-untyped-call]
    fields = {NameObject("/Fields"): ArrayObject(), NameObject("/SigFlags"): signed}
    form = DictionaryObject(fields)  # type: ignore[no-untyped-call]
    writer.root[NameObject("/AcroForm")] = writer.add_object(form)
    writer.update_root()  # type: ignore[no-untyped-call]
    file = BytesIO()
    writer.write(file)  # type: ignore[no-untyped-call]
    return file.getvalue()


def free_field(document: bytes, name: str) -> str:
    """Return the name of a field that is not signed yet."""
    signatures = PdfFileReader(BytesIO(document)).embedded_signatures
    taken = {each.field_name for each in signatures}
    names = (name, *(f"{name}{number}" for number in range(2, len(taken) + 2)))
    return next(each for each in names if each not in taken)


def stamper_at(url: str) -> TimeStamper:
    """Return what asks a time stamping authority."""
    stamper: TimeStamper = RequestsHTTPTimeStamper(url)  # type: ignore[no-untyped-call]
    return stamper


def certificate_of(signer: SimpleSigner) -> x509.Certificate:
    """Return the certificate of a key; a key file without one was not read."""
    found = signer.signing_cert
    if found is None:
        raise KeyUnreadable("The key file holds no certificate.")
    return found


def name_of(signer: SimpleSigner) -> str:
    """Return the name a certificate is made out to."""
    return str(certificate_of(signer).subject.native.get("common_name", "?"))


@lru_cache(maxsize=32)
def read_signer(path: str, password: str) -> SimpleSigner:
    """Read a PKCS #12 file once."""
    try:
        content = Path(path).read_bytes()
        found: SimpleSigner = SimpleSigner.load_pkcs12_data(content, [], password.encode() or None)
    except OSError as problem:
        raise KeyUnreadable(f"The key {path} cannot be read: {problem.strerror}.") from problem
    except ValueError as problem:
        raise KeyUnreadable(
            f"The key {path} cannot be opened: it is no PKCS #12 file, or SIGN_PASSWORD is wrong."
        ) from problem
    return found
