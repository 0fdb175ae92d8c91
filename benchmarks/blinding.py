"""`python -m benchmarks.blinding`: plant traces of authors in documents, and count what is left.

Names, units, addresses and numbers are drawn, written in many ways, and set among the sentences
of the demo's descriptions, in DOCX and PDF by turns. Copies of the same sentences without traces
show how much is taken out by mistake. Status 1 if a limit is not kept.
"""

import random
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO

import click
import typst
from docx import Document
from pypdfium2 import PdfDocument

from demo.texts import Block, read_texts
from press.font import find_font
from services.intake.blinding.maker.making import make
from services.intake.blinding.orders import Copy, Task
from services.intake.domain.traces import Identity, Named, Unit

REMOVED = 0.995  # of the planted traces, but those no program is asked to find
MISTAKEN = 0.5  # places a clean page
PAGES = 2.0  # a second, on one core
UNASKED = "given name alone"  # a word like others: for the person who looks

FIRST = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Lý")
MIDDLE = ("Văn", "Thị", "Hữu", "Minh", "Ngọc", "Thanh", "Quốc", "Đức", "Hoàng", "Kim", "Xuân")
GIVEN = ("An", "Bình", "Chi", "Dũng", "Hà", "Hoà", "Khánh", "Lan", "Mai", "Oanh", "Phúc", "Quỳnh")
UNITS = (
    Unit("Sở Nội vụ tỉnh Hậu Giang", "SNV"),
    Unit("Sở Thông tin và Truyền thông tỉnh Hậu Giang", "STTTT"),
    Unit("Ủy ban nhân dân huyện Châu Thành A", "UBND-CTA"),
    Unit("Trung tâm Phục vụ hành chính công", "TTPVHCC"),
)


def plain(text: str) -> str:
    """Return a text without marks."""
    letters = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(one for one in letters if not unicodedata.combining(one))


def spaced(digits: str) -> str:
    """Return a telephone number as it is often written."""
    return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"


STYLES: dict[str, Callable[[Named, Unit], str]] = {
    "full name": lambda who, _: who.full_name,
    "capitals": lambda who, _: who.full_name.upper(),
    "without marks": lambda who, _: plain(who.full_name),
    "decomposed": lambda who, _: unicodedata.normalize("NFD", who.full_name),
    "set wide": lambda who, _: " ".join(who.full_name.upper()),
    "soft hyphens": lambda who, _: "\u00ad".join(who.full_name),
    "file name": lambda who, _: plain(who.full_name).replace(" ", "") + "_SK2024",
    "initials": lambda who, _: (
        ".".join(one[0] for one in who.full_name.split()[:-1]) + f". {who.full_name.split()[-1]}"
    ),
    "after a title": lambda who, _: f"đồng chí {who.full_name.split()[-1]}",
    "short of the first": lambda who, _: " ".join(who.full_name.split()[1:]),
    UNASKED: lambda who, _: who.full_name.split()[-1],
    "e-mail": lambda who, _: who.email,
    "e-mail, hidden": lambda who, _: who.email.replace("@", " (at) "),
    "telephone": lambda who, _: who.phone,
    "telephone, spaced": lambda who, _: spaced(who.phone),
    "telephone, abroad": lambda who, _: "+84 " + spaced(who.phone)[1:],
    "citizen's number": lambda who, _: "0930" + who.phone[-8:],
    "unit": lambda _, unit: unit.name,
    "unit, capitals": lambda _, unit: unit.name.upper(),
    "unit, without marks": lambda _, unit: plain(unit.name),
    "unit, short": lambda _, unit: unit.short_name,
}


def docx(paragraphs: list[str]) -> bytes:
    """Return paragraphs as a DOCX, some split into runs and cells."""
    made, stream = Document(), BytesIO()
    for number, paragraph in enumerate(paragraphs):
        if number % 5 == 4:
            made.add_table(1, 1).cell(0, 0).text = paragraph
            continue
        half = len(paragraph) // 2
        line = made.add_paragraph(paragraph[:half])
        line.add_run(paragraph[half:]).bold = number % 3 == 0
    made.save(stream)
    return stream.getvalue()


def pdf(paragraphs: list[str], folder: str) -> bytes:
    """Return paragraphs as a PDF, broken into lines as they come."""
    source = "\n".join(f"#par({quoted(one)})" for one in paragraphs)
    about = (
        '#set text(font: "Liberation Serif", size: 12pt, lang: "vi")\n#set par(justify: true)\n'
    )
    return bytes(
        typst.compile(
            (about + source).encode(), format="pdf", font_paths=[folder], ignore_system_fonts=True
        )
    )


def quoted(text: str) -> str:
    """Return a text as the typesetter reads one."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def drawn(chance: random.Random) -> Identity:
    """Draw an author and a unit."""
    parts = [chance.choice(part) for part in (FIRST, MIDDLE, GIVEN)]
    login = plain(parts[2] + parts[0][0] + parts[1][0]).lower()
    phone = "09" + "".join(chance.choices("0123456789", k=8))
    who = Named(" ".join(parts), f"{login}.{chance.randrange(99)}@mau.example", phone)
    return Identity(people=(who,), units=(chance.choice(UNITS),))


def planted(
    identity: Identity, sentences: list[str], chance: random.Random
) -> tuple[list[str], dict[str, str]]:
    """Return paragraphs with a trace of every style, and where each is, by style."""
    paragraphs, places = [], {}
    (who,), (unit,) = identity.people, identity.units
    for number, (style, write) in enumerate(STYLES.items()):
        places[style] = f"Mục {number} do {write(who, unit)} nêu."
        around = chance.sample(sentences, 4)
        paragraphs.append(" ".join((*around[:2], places[style], *around[2:])))
    chance.shuffle(paragraphs)
    return paragraphs, places


def words_of(body: bytes) -> str:
    """Return the text of a PDF on one line."""
    with PdfDocument(body) as document:
        text = " ".join(page.get_textpage().get_text_range() for page in document)
    return joined(text)


def sentences() -> list[str]:
    """Return the sentences of the demo's descriptions."""
    parts = (part.text for text in read_texts() for part in text.body if isinstance(part, Block))
    found = (one.strip() for part in parts for one in part.split("."))
    return [f"{one}." for one in found if 40 < len(one) < 240]


def copies(count: int, seed: int, folder: str) -> Iterator[tuple[dict[str, str], Copy, Copy]]:
    """Yield what was planted and can be read, the copy, and that of a document without traces."""
    chance, known = random.Random(seed), sentences()  # noqa: S311  # a draw that can be repeated
    for number in range(count):
        identity = drawn(chance)
        paragraphs, places = planted(identity, known, chance)
        clean = [" ".join(chance.sample(known, 5)) for _ in range(12)]
        kind = "docx" if number % 2 else "pdf"
        bodies = [docx(one) if kind == "docx" else pdf(one, folder) for one in (paragraphs, clean)]
        # A sentence that a page breaks is not found on it with or without the trace.
        shown = joined(" ".join(paragraphs)) if kind == "docx" else words_of(bodies[0])
        readable = {style: one for style, each in places.items() if (one := joined(each)) in shown}
        copy, other = (
            make(Task(body=body, kind=kind, identity=identity, font_folder=folder))
            for body in bodies
        )
        yield readable, copy, other


def joined(text: str) -> str:
    """Return a text composed, on one line, without what is not seen."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\u00ad", "").split())


@click.command()
@click.option("--documents", default=60, show_default=True)
@click.option("--seed", default=1, show_default=True)
def main(documents: int, seed: int) -> None:
    """Print what share of each kind of trace is gone, what went by mistake, and how fast."""
    folder = str(find_font("/usr/share/fonts").parent)
    there, gone, mistaken = Counter[str](), Counter[str](), Counter[str]()
    pages = clean = 0
    began = time.process_time()
    for places, copy, other in copies(documents, seed, folder):
        text = words_of(copy.pdf)
        there.update(places.keys())
        gone.update(style for style, sentence in places.items() if sentence not in text)
        pages, clean = pages + copy.pages + other.pages, clean + other.pages
        mistaken.update(one.words for one in other.removed)
    speed = pages / (time.process_time() - began)
    for style in STYLES:
        print(f"{style:<22} {gone[style]:>5} of {there[style]:>5}")
    asked = [style for style in STYLES if style != UNASKED]
    share = sum(gone[one] for one in asked) / sum(there[one] for one in asked)
    mistakes = mistaken.total() / clean
    print(f"\nremoved               {share:7.2%}  (limit {REMOVED:.1%}, without “{UNASKED}”)")
    print(f"by mistake, a page    {mistakes:7.3f}  (limit {MISTAKEN})  {mistaken.most_common(5)}")
    print(f"pages a second        {speed:7.1f}  (limit {PAGES}, of the processor)")
    sys.exit(share < REMOVED or mistakes > MISTAKEN or speed < PAGES)


if __name__ == "__main__":
    main()
