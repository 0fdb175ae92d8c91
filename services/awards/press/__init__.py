"""The press: prints an official paper as PDF/A and as DOCX, in a child process.

Computing, not waiting: `press`, `draw` and `judge` are what the service's `Crunch` calls. One
document model goes in, both formats come out, so that they cannot say different things. What
comes back signed is judged here too; `draw` makes workbooks.
"""

from msgspec import convert, json, msgpack, to_builtins

from press.font import characters, find_font
from press.sheets import Printed, in_letters, sheet
from press.workbook import draw_sheets
from services.awards.orders import Job, Judged, Returned, Sheet
from services.awards.press.pdf import print_pdf
from services.awards.press.word import compose
from services.awards.signing.keyfile import KeyFile, ready_to_sign
from services.awards.signing.refusals import BadSignedFile
from services.awards.signing.verifying import accept, read_roots


def press(order: bytes) -> bytes:
    """Print one `Job` (JSON) and return `Printed` (MessagePack)."""
    job = json.decode(order, type=Job)
    asked = job.paper
    letters = characters(find_font(job.font_path))
    paper = convert(in_letters(to_builtins(asked), letters), type(asked))
    pdf = ready_to_sign(print_pdf(paper, job.font_path, job.dated))
    for key in job.keys:
        pdf = KeyFile.read(key.path, key.password, job.dated).sign(pdf, key.role)
    docx = compose(paper, job.dated, job.font_path)
    return msgpack.encode(Printed(pdf=sheet(pdf), docx=sheet(docx)))


def draw(order: bytes) -> bytes:
    """Return an XLSX file of sheets (MessagePack of `Sheet`)."""
    return draw_sheets(msgpack.decode(order, type=tuple[Sheet, ...]))


def judge(order: bytes) -> bytes:
    """Check a signed file that came back (`Returned`) and return `Judged`, both MessagePack."""
    came = msgpack.decode(order, type=Returned)
    try:
        found = accept(came.original, came.returned, read_roots(came.roots), came.at)
    except BadSignedFile as refused:
        return msgpack.encode(
            Judged(
                template=refused.template,
                params={name: str(said) for name, said in refused.params.items()},
            )
        )
    return msgpack.encode(Judged(signer=found.signer, signed_at=found.at))
