"""How many pages a second originality reads, beside the bare libraries in the same run.

    python -m benchmarks.originality.reading [--pages 16] [--documents 40] [--json FILE]

A report is set by Typst, which says how many pages it has, and written as DOCX with python-docx,
several runs to a paragraph. Ours are read as the service does: a process for each document, made
by the warm reader, limited and sealed, with the search for hidden text. Figures are pages a
second of one core: pages by the processor's seconds of whoever worked, not by the clock.
"""

import argparse
import json
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import kreuzberg
import msgspec
import psutil
import pypdfium2
import typst
from docx import Document as Docx

from services.originality.extraction import Document, Extracted
from services.originality.extraction.desk import Desk

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
TEXTS = Path(__file__).parents[2] / "tests" / "unit" / "originality" / "texts"
ASKED = {"docx": 1000, "pdf": 250}  # pages a second of one core
SHEET = '#set page("a4", margin: 2.5cm)\n#set text(font: "Libertinus Serif", size: 13pt)\n'
PLAIN = kreuzberg.ExtractionConfig(use_cache=False, disable_ocr=True)


def paragraphs(pages: int) -> list[str]:
    """Return the paragraphs of a report of about so many pages: our own test texts, repeated."""
    own = [part for file in sorted(TEXTS.glob("*.txt")) for part in file.read_text().split("\n\n")]
    wanted, found = pages * 430, []
    while sum(len(part.split()) for part in found) < wanted:
        found += [f"{part} ({len(found)})" for part in own]
    return found


def as_pdf(parts: list[str]) -> bytes:
    """Return the report set in type."""
    plain = "\n\n".join(parts).translate({ord(c): f"\\{c}" for c in "#$*_`<>@=-+/~\\[]"})
    return typst.compile((SHEET + plain).encode())


def as_docx(parts: list[str]) -> bytes:
    """Return the report as a document of Word, each paragraph of three runs."""
    document, file = Docx(), BytesIO()
    for part in parts:
        paragraph = document.add_paragraph()
        third = len(part) // 3
        paragraph.add_run(part[:third])
        paragraph.add_run(part[third : 2 * third]).bold = True
        paragraph.add_run(part[2 * third :]).italic = True
    document.save(file)
    return file.getvalue()


def bare_pdfium(body: bytes) -> int:
    """Return how many characters pypdfium2 reads."""
    pages = pypdfium2.PdfDocument(body)
    return sum(len(page.get_textpage().get_text_range()) for page in pages)


def bare_docx(body: bytes) -> int:
    """Return how many characters python-docx reads."""
    return sum(len(part.text) for part in Docx(BytesIO(body)).paragraphs)


def bare_kreuzberg(kind: str) -> Callable[[bytes], int]:
    """Return a function that says how many characters kreuzberg reads."""
    return lambda body: len(kreuzberg.extract_bytes_sync(body, kind, PLAIN).content)


def here() -> float:
    """Return the processor's seconds of this process."""
    return time.process_time()


class Ours:
    """The service's reader, with the seconds that it and its finished processes have used."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.desk = Desk()

    def __call__(self, body: bytes) -> int:
        """Return how many characters we read."""
        asked = msgspec.msgpack.encode(Document(body, self.kind))
        found = msgspec.msgpack.decode(self.desk.ask("extract", asked), type=Extracted)
        if found.problem:
            raise SystemExit(f"{self.kind}: {found.problem}")
        return len(found.text)

    def used(self) -> float:
        """Return the processor's seconds used so far, ours included."""
        times = psutil.Process(self.desk.reader.pid).cpu_times()
        there = times.user + times.system + times.children_user + times.children_system
        return there + here()


def measured(
    read: Callable[[bytes], int], used: Callable[[], float], body: bytes, documents: int
) -> dict[str, float]:
    """Return characters, and seconds a document: of the processor, and by the clock."""
    characters = read(body)
    before, clock = used(), time.perf_counter()
    for _ in range(documents):
        read(body)
    after = time.perf_counter()
    return {
        "characters": characters,
        "processor": (used() - before) / documents,
        "clock": (after - clock) / documents,
    }


def main() -> None:
    """Measure, print a table, write JSON if asked."""
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    words.add_argument("--pages", type=int, default=16)
    words.add_argument("--documents", type=int, default=40)
    words.add_argument("--json", type=Path)
    asked = words.parse_args()
    parts = paragraphs(asked.pages)
    bodies = {"docx": as_docx(parts), "pdf": as_pdf(parts)}
    pages = len(pypdfium2.PdfDocument(bodies["pdf"]))
    ours = {"docx": Ours(DOCX), "pdf": Ours(PDF)}
    peers = {
        "docx": {"kreuzberg": bare_kreuzberg(DOCX), "python-docx": bare_docx},
        "pdf": {"kreuzberg": bare_kreuzberg(PDF), "pypdfium2": bare_pdfium},
    }
    found: dict[str, dict[str, dict[str, float]]] = {}
    print(
        f"{pages} pages, {asked.documents} documents; pages a second of one core, and by the clock"
    )
    for kind, body in bodies.items():
        rows = {"ours": measured(ours[kind], ours[kind].used, body, asked.documents)}
        for name, read in peers[kind].items():
            rows[name] = measured(read, here, body, asked.documents)
        found[kind] = rows
        for name, row in rows.items():
            row |= {each: pages / row.pop(each) for each in ("processor", "clock")}
            goal = f"  (asked: {ASKED[kind]})" if name == "ours" else ""
            print(f"{kind:5} {name:12} {row['processor']:8.0f} {row['clock']:8.0f}{goal}")
    if asked.json:
        asked.json.write_text(json.dumps({"pages": pages, "pages_a_second": found}, indent=2))


if __name__ == "__main__":
    main()
