"""Signs with a private key in a PKCS #12 file; start with `KeyFile.read`."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

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

from kernel.errors import Unavailable
from services.awards.orders import Role

# Characters kept for a signature, in hex; estimating them takes as long as signing.
ROOM = 16384

# The names of the fields say what a signature is for, in a form that old readers can show.
FIELDS: dict[Role, str] = {"approve": "KyPheDuyet", "issue": "KyPhatHanh", "attach": "KyDinhKem"}


class KeyUnreadable(Unavailable):
    """A key to sign papers with cannot be read."""


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A key and its certificate; `at`, an aware instant, is when the signature is made."""

    signer: SimpleSigner
    at: datetime

    @classmethod
    def read(cls, path: str, password: str, at: datetime) -> "KeyFile":
        """Read a PKCS #12 file. Raises `KeyUnreadable`, which never repeats the password."""
        return cls(read_signer(path, password), at)

    def sign(self, document: bytes, role: Role) -> bytes:
        """Return the PDF with an invisible PAdES signature (ETSI.CAdES.detached) in its field."""
        meta = PdfSignatureMetadata(
            field_name=free_field(document, FIELDS[role]), subfilter=SigSeedSubFilter.PADES
        )
        try:
            return self._signed(document, meta, ROOM)
        except SigningError:  # a long chain of certificates: have its size estimated
            return self._signed(document, meta, None)

    def _signed(self, document: bytes, meta: PdfSignatureMetadata, room: int | None) -> bytes:
        signer, writer = TimedSigner(meta, self.signer, self.at), Appending(BytesIO(document))
        signed: BytesIO = signer.sign_pdf(writer, bytes_reserved=room)
        return signed.getvalue()


class Appending(IncrementalPdfFileWriter):
    """Appends to a PDF and leaves its metadata alone: what says that it is PDF/A, and its date."""

    def _update_meta(self) -> None:
        pass


class TimedSigner(PdfSigner):
    """Signs at the work's instant rather than the machine's."""

    def __init__(self, meta: PdfSignatureMetadata, signer: SimpleSigner, at: datetime) -> None:
        super().__init__(meta, signer)
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
