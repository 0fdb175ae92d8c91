"""A DOCX set anew as PDF, with “đã che” where something was found."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from PIL import UnidentifiedImageError
from pypdfium2 import PdfDocument, raw

from services.intake.blinding.maker import pictures, word
from services.intake.blinding.maker.composing import compose, jpeg
from services.intake.blinding.maker.word import Block, Package, Paragraph, Piece
from services.intake.blinding.orders import Copy, Task
from services.intake.domain.copies import Removed
from services.intake.domain.traces import MARK, Found, find

MOST_CHARACTERS = 1_500_000
MOST_PICTURES = 200


class TooMuch(Exception):
    """The document is longer than any that is copied."""


@dataclass(slots=True)
class Content:
    """What is set: blocks as JSON, pictures, and what was taken out, in order."""

    blocks: list[dict[str, Any]] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    removed: list[tuple[str, str]] = field(default_factory=list)
    lost: int = 0


def copy(task: Task) -> Copy:
    """Copy a DOCX. Raises `Unreadable`, `TooMuch`."""
    package = Package(task.body)
    blocks = word.read(package)
    paragraphs = list(_paragraphs(blocks))
    letters = "\n".join(one.words for one in paragraphs)
    if len(letters) > MOST_CHARACTERS:
        raise TooMuch
    found, starts, start = find(letters, task.identity), {}, 0
    for one in paragraphs:
        starts[id(one)] = start
        start += len(one.words) + 1
    made = Content()
    made.blocks = [_block(one, found, starts, made, package) for one in blocks]
    pdf = compose("blind_prose.typ", made.blocks, made.pictures, task.font_folder)
    return told(pdf, made, package)


def told(pdf: bytes, made: Content, package: Package) -> Copy:
    """Say on which page of the copy each mark has come to stand, and which hold pictures."""
    marks: list[int] = []
    unread: list[int] = []
    with PdfDocument(pdf) as document:
        for number, page in enumerate(document, 1):
            marks += [number] * page.get_textpage().get_text_range().count(MARK)
            if any(page.get_objects([raw.FPDF_PAGEOBJ_IMAGE], max_depth=4)):
                unread.append(number)
        count = len(document)
    marks += [count] * len(made.removed)
    return Copy(
        pdf=pdf,
        pages=count,
        removed=tuple(
            Removed(page, kind, words)
            for page, (kind, words) in zip(marks, made.removed, strict=False)
        ),
        unread=tuple(unread),
        left_out=_left_out(package, made),
    )


def _paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    for one in blocks:
        if isinstance(one, Paragraph):
            yield one
        else:
            for row in one.rows:
                for cell in row:
                    yield from _paragraphs(cell.blocks)


def _block(
    one: Block, found: Sequence[Found], starts: dict[int, int], made: Content, package: Package
) -> dict[str, Any]:
    """Return a block as the template reads it."""
    if isinstance(one, Paragraph):
        return {
            "heading": one.heading,
            "item": one.item,
            "align": one.align,
            "runs": list(_runs(one, found, starts[id(one)], made, package)),
        }
    columns = max((sum(cell.span for cell in row) for row in one.rows), default=1)
    rows = []
    for row in one.rows:
        cells = [
            {
                "span": cell.span,
                "blocks": [_block(each, found, starts, made, package) for each in cell.blocks],
            }
            for cell in row
        ]
        missing = columns - sum(cell.span for cell in row)
        rows.append(cells + ([{"span": missing, "blocks": []}] if missing else []))
    return {"columns": columns, "rows": rows}


def _runs(
    one: Paragraph, found: Sequence[Found], start: int, made: Content, package: Package
) -> Iterator[dict[str, Any]]:
    """Yield words, pictures and marks in order; a mark is as long whatever it stands for."""
    place, marked = start, -1
    for piece in one.pieces:
        end = place + len(piece.words)
        here = [each for each in found if each.start < end and each.end > place]
        if piece.picture and not here:
            yield _picture(piece, made, package)
            place = end
            continue
        last = place
        for each in here:
            yield from _said(piece, piece.words[last - place : max(each.start, place) - place])
            if each.start != marked:
                made.removed.append((each.kind.value, _gone(one, each, start)))
                yield {"gone": True}
                marked = each.start
            last = min(each.end, end)
        yield from _said(piece, piece.words[last - place :])
        place = end


def _gone(one: Paragraph, found: Found, start: int) -> str:
    """Return what of this paragraph was taken out at one place."""
    return _short(one.words[max(0, found.start - start) : found.end - start])


def _short(words: str) -> str:
    return " ".join(words.replace(word.PICTURE, " ").split())


def _said(piece: Piece, words: str) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(words.split("\n")):
        if number:
            yield {"break": True}
        if line:
            yield {"words": line, "bold": piece.bold, "italic": piece.italic}


def _picture(piece: Piece, made: Content, package: Package) -> dict[str, Any]:
    """Return a picture by its number, or that it could not be copied."""
    if len(made.pictures) >= MOST_PICTURES:
        made.lost += 1
        return {"lost": True}
    try:
        dots = pictures.opened(package.part(piece.picture))
    except (word.Unreadable, UnidentifiedImageError, OSError, ValueError, SyntaxError):
        made.lost += 1
        return {"lost": True}
    made.pictures.append(jpeg(dots))
    return {"picture": len(made.pictures), "width": min(450.0, dots.width * 0.75)}


def _left_out(package: Package, made: Content) -> dict[str, int]:
    """Count what the package holds beside what is read; nothing of it is copied."""
    names = package.names
    body = package.part("word/document.xml")
    counts = {
        "HEADERS": sum(one.startswith(("word/header", "word/footer")) for one in names),
        "COMMENTS": sum(one.startswith("word/comments") for one in names),
        "CHANGES": body.count(b"<w:del ") + body.count(b"<w:ins "),
        "PROPERTIES": sum(one.startswith("docProps/") for one in names),
        "CUSTOM_DATA": sum(one.startswith("customXml/item") for one in names),
        "EMBEDDED": sum(one.startswith(("word/embeddings/", "word/charts/")) for one in names),
        "LINKS": body.count(b"<w:hyperlink "),
        "PICTURES": made.lost,
    }
    return {name: count for name, count in counts.items() if count}
