"""One document in, one copy out, whatever the document does."""

from pypdfium2 import PdfiumError

from services.intake.blinding.maker import pages, pictures, prose, word
from services.intake.blinding.orders import Copy, Task
from services.intake.domain.copies import Problem
from services.intake.domain.traces import Identity

KINDS = {
    "pdf": pages.copy,
    "docx": prose.copy,
    "jpg": pictures.copy,
    "png": pictures.copy,
}
_ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how a DOCX with a password begins


def make(task: Task) -> Copy:
    """Make the copy, or say why there is none."""
    if task.kind not in KINDS:
        return Copy(problem="UNSUPPORTED")
    if task.kind == "docx" and task.body.startswith(_ENCRYPTED):
        return Copy(problem="LOCKED")
    problem: Problem
    try:
        made = KINDS[task.kind](task)
        return blackened(made, task) if task.boxes and task.kind == "docx" else made
    except pages.Locked:
        problem = "LOCKED"
    except (pages.TooManyToCopy, prose.TooMuch, MemoryError):
        problem = "TOO_BIG"
    except (PdfiumError, word.Unreadable, OSError, ValueError, RuntimeError, SyntaxError):
        problem = "DAMAGED"
    return Copy(problem=problem)


def blackened(made: Copy, task: Task) -> Copy:
    """Return a copy whose pages are pictures, so that parts of them can be blacked out."""
    drawn = pages.copy(
        Task(
            body=made.pdf,
            kind="pdf",
            identity=Identity(),
            boxes=task.boxes,
            font_folder=task.font_folder,
        )
    )
    return Copy(
        pdf=drawn.pdf,
        pages=made.pages,
        removed=made.removed,
        unread=made.unread,
        left_out=made.left_out,
    )
