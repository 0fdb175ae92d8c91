"""Whether damaged documents of every kind end with an answer, thousands of them from one seed.

    python -m benchmarks.originality.fuzz [--files 10000] [--seed 1]

Every file is a small document of the tests, changed: bytes, pieces, lengths; parts of a package
are changed before they are packed, so that the change is not caught by a checksum. The parent has
to be told something about each, and the reader has to be the same process afterwards.
"""

import argparse
import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO

import msgspec

from services.originality.extraction import Document, Extracted
from services.originality.extraction.desk import Desk
from tests.files import doc
from tests.unit.originality import papers

SENTENCE = "Người dân hẹn giờ nộp hồ sơ, không phải chờ đợi. "
SLOW = 2.5  # seconds on the wall; counted, not an error
INTERESTING = (
    b"\0",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"<",
    b"]]>",
    b"/Length -1",
    b"99999999",
)


def samples() -> dict[str, tuple[bytes, str]]:
    """Return a small document of every kind that is read, by name, with its media type."""
    words = papers.paragraph(papers.run(SENTENCE * 5), papers.run(SENTENCE, "<w:vanish/>"))
    look = '<style:style style:name="T1"><style:text-properties fo:color="#ffffff"/></style:style>'
    spans = f'<text:p>{SENTENCE}<text:span text:style-name="T1">ẩn</text:span></text:p>'
    sheet = papers.pdf(f"#set page(header: [Đầu trang])\n{SENTENCE * 5}#pagebreak(){SENTENCE}")
    return {
        "docx": (papers.docx(words), papers.DOCX),
        "python-docx": (papers.a_docx(SENTENCE, SENTENCE), papers.DOCX),
        "pptx": (papers.pptx(papers.slide(papers.shape(SENTENCE))), papers.PPTX),
        "odt": (papers.odt(spans, look), papers.ODT),
        "xlsx": (papers.xlsx(("STT", "Nội dung"), (1, SENTENCE)), papers.XLSX),
        "rtf": (papers.rtf(SENTENCE, SENTENCE), papers.RTF),
        "doc": (doc(), "application/msword"),
        "pdf": (sheet, papers.PDF),
        "plain pdf": (papers.raw_pdf("BT /F 12 Tf 50 700 Td (Hello) Tj ET"), papers.PDF),
        "scan": (papers.scan_of(sheet), papers.PDF),
        "text": ("Céng hßa x· héi chñ nghÜa ViÖt Nam. ".encode() * 9, papers.TEXT),
    }


def changed(body: bytes, chance: random.Random) -> bytes:
    """Return a file with one to eight changes."""
    some = bytearray(body)
    for _ in range(chance.randint(1, 8)):
        at, length = chance.randrange(len(some) + 1), chance.randint(1, 64)
        match chance.randrange(6):
            case 0:
                some[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del some[at : at + length]
            case 2:
                some[at:at] = some[at : at + length] * chance.randint(1, 50)
            case 3:
                some[at : at + length] = chance.choice(INTERESTING)
            case 4:
                other = chance.randrange(len(some) + 1)
                some[at : at + length] = some[other : other + length]
            case _:
                del some[max(at, len(some) // 2) :]
    return bytes(some)


def repacked(body: bytes, chance: random.Random) -> bytes:
    """Return a package with one of its parts changed."""
    with zipfile.ZipFile(BytesIO(body)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(parts))
    return papers.zipped({**parts, name: changed(parts[name], chance)})


def files(
    count: int, seed: int, given: dict[str, tuple[bytes, str]]
) -> Iterator[tuple[str, bytes, str]]:
    """Yield so many changed documents with the name of their kind and the type they claim."""
    chance = random.Random(seed)  # noqa: S311  # a change has to be the same again
    kinds = sorted(given.items())
    types = sorted({kind for _, (_, kind) in kinds} | {"image/png"})
    for number in range(count):
        name, (body, kind) = kinds[number % len(kinds)]
        is_package = body.startswith(b"PK")
        change: Callable[[bytes, random.Random], bytes] = changed
        if is_package and chance.random() < 0.8:
            change = repacked
        claimed = chance.choice(types) if chance.random() < 0.03 else kind
        yield name, change(body, chance), claimed


def fuzz(count: int, seed: int) -> tuple[Counter[tuple[str, str]], int, int]:
    """Return how many ended how by kind, how many took long, and how often the reader was lost."""
    desk = Desk()
    outcomes: Counter[tuple[str, str]] = Counter()
    slow = lost = 0
    for name, body, kind in files(count, seed, samples()):
        reader, began = desk.reader, time.monotonic()
        asked = msgspec.msgpack.encode(Document(body, kind))
        found = msgspec.msgpack.decode(desk.ask("extract", asked), type=Extracted)
        slow += time.monotonic() - began > SLOW
        lost += reader is not None and desk.reader is not reader
        outcomes[name, found.problem or "read"] += 1
    desk.close()
    return outcomes, slow, lost


def main() -> None:
    """Change documents, have them read, print a table; fail if the reader was ever lost."""
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    words.add_argument("--files", type=int, default=10_000)
    words.add_argument("--seed", type=int, default=1)
    asked = words.parse_args()
    began = time.monotonic()
    outcomes, slow, lost = fuzz(asked.files, asked.seed)
    for name in sorted({name for name, _ in outcomes}):
        told = {how: n for (kind, how), n in sorted(outcomes.items()) if kind == name}
        print(f"{name:12}", "  ".join(f"{how} {n}" for how, n in told.items()))
    seconds, total = time.monotonic() - began, outcomes.total()
    print(f"{total} files in {seconds:.0f} s, {slow} over {SLOW} s; reader lost {lost} times")
    sys.exit(1 if lost or total != asked.files else 0)


if __name__ == "__main__":
    main()
