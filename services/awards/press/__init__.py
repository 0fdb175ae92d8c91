"""The press: prints an official paper as PDF/A and as DOCX, in a child process.

Computing, not waiting: `press`, `draw`, `judge` and `identified` are what the service's `Crunch`
calls. One document model goes in, both formats come out, so that they cannot say different
things. What comes back signed is judged here too; `draw` makes workbooks.
"""

from msgspec import convert, json, msgpack, to_builtins

from press.font import characters, find_font
from press.sheets import in_letters, sheet
from press.workbook import draw_sheets
from services.awards.orders import Identified, Job, Judged, Pressed, Returned, Sheet
from services.awards.press.pdf import print_pdf, room_of
from services.awards.press.word import compose
from services.awards.signing.identity import identify
from services.awards.signing.keyfile import KeyFile, ready_to_sign
from services.awards.signing.refusals import BadCertificate, BadSignedFile
from services.awards.signing.verifying import accept, read_roots


def press(order: bytes) -> bytes:
    """Print one `Job` (JSON) and return `Pressed` (MessagePack)."""
    job = json.decode(order, type=Job)
    asked = job.paper
    letters = characters(find_font(job.font_path))
    paper = convert(in_letters(to_builtins(asked), letters), type(asked))
    pdf = ready_to_sign(print_pdf(paper, job.font_path, job.dated, job.mark))
    certificates = []
    room = room_of(paper, job.font_path) if job.keys else None
    for key in job.keys:
        signer = KeyFile.read(key.path, key.password, job.dated, room=room, tsa=key.tsa)
        pdf = signer.sign(pdf, key.role)
        certificates.append(signer.certificate)
    docx = compose(paper, job.dated, job.font_path, job.mark)
    return msgpack.encode(
        Pressed(pdf=sheet(pdf), docx=sheet(docx), certificates=tuple(certificates))
    )


def draw(order: bytes) -> bytes:
    """Return an XLSX file of sheets (MessagePack of `Sheet`)."""
    return draw_sheets(msgpack.decode(order, type=tuple[Sheet, ...]))


def judge(order: bytes) -> bytes:
    """Check a signed file that came back (`Returned`) and return `Judged`, both MessagePack."""
    came = msgpack.decode(order, type=Returned)
    try:
        roots = read_roots(came.roots)
        found = accept(came.original, came.returned, roots, came.at, asks=came.asks)
    except BadSignedFile as refused:
        return msgpack.encode(
            Judged(
                template=refused.template,
                params={name: str(said) for name, said in refused.params.items()},
            )
        )
    return msgpack.encode(
        Judged(
            signer=found.signer,
            serial=found.serial,
            certificate=found.certificate,
            signed_at=found.at,
            stamped_at=found.stamped_at,
            withdrawn=found.withdrawn,
        )
    )


def identified(pem: bytes) -> bytes:
    """Read a certificate (PEM) and return `Identified` (MessagePack)."""
    try:
        return msgpack.encode(identify(pem))
    except BadCertificate as refused:
        params = {name: str(said) for name, said in refused.params.items()}
        return msgpack.encode(Identified(template=refused.template, params=params))
