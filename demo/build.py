"""Makes the demo's files from its texts: `python -m demo.build`, or with `--check` only compares.

`--check` also counts the whole contest out from the cast (`demo.design`) and exits with 1 when a
file is out of date, a length is wrong or the contest would not come out as designed.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pypdfium2

from demo.cast import Cast, Entry, read_cast, read_register
from demo.design import mistakes, read_rules, read_units
from demo.papers import Paper, to_docx, to_pdf
from demo.texts import Block, Figures, Text, read_texts

FILES = Path(__file__).parent / "files"
LARGEST = 6_000_000  # bytes, all files together
PAGES = range(2, 9)
DESCRIPTION = "Bản thuyết minh mô hình, sáng kiến, giải pháp"


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; say what is out of date or wrong.")
def main(check: bool) -> None:  # noqa: FBT001  # click passes it by name
    """Make the entries' files under demo/files."""
    cast, texts = read_cast(), read_texts()
    made = dict(make_files(cast, texts))
    if not check:
        write_files(made)
        return
    found = [
        *file_mistakes(made),
        *length_mistakes(texts),
        *mistakes(cast, read_register(), texts),
    ]
    for sentence in found:
        print(sentence)
    if found:
        sys.exit(1)
    print(f"{len(texts)} entries, {len(made)} files: up to date; the contest ends as designed.")


def make_files(cast: Cast, texts: tuple[Text, ...]) -> Iterator[tuple[str, bytes]]:
    """Yield every file by name: the description of each entry, and what else its dossier has."""
    written = {text.number: text for text in texts}
    for entry in cast.entries:
        text = written[entry.number]
        described = Paper(DESCRIPTION, text.title, text.body)
        yield text.file, to_pdf(described) if text.format == "pdf" else to_docx(described)
        for code in entry.papers:
            yield paper_file(entry, code), to_pdf(OTHERS[code](cast, entry, text))


def paper_file(entry: Entry, code: str) -> str:
    """Name the file of another paper of an entry's dossier."""
    return f"{Path(entry.file).stem}.{code}.pdf"


def registration(cast: Cast, entry: Entry, text: Text) -> Paper:
    """Fill in the registration form (phiếu đăng ký dự thi)."""
    rules = read_rules(cast)
    area = next(area.name for area in rules.areas if area.code == entry.area)
    group = next(group.name for group in rules.entrants.groups if group.code == entry.group)
    kind = "Tập thể" if entry.kind == "COLLECTIVE" else "Cá nhân"
    facts = (
        ("Nội dung", "Thông tin đăng ký"),
        ("Tên sáng kiến", text.title),
        ("Lĩnh vực", area),
        ("Hình thức dự thi", kind),
        ("Nhóm đối tượng", group),
        ("Đơn vị", read_units().get(entry.unit or "", "không thuộc đơn vị nào")),
    )
    authors = tuple(
        (cast.person(part.person).full_name, f"{part.share} %") for part in entry.authors
    )
    body = (
        Block("heading", "Thông tin chung"),
        Figures(facts),
        Block("heading", "Tác giả và tỷ lệ đóng góp"),
        Figures((("Họ và tên", "Tỷ lệ"), *authors)),
        Block("heading", "Tóm tắt"),
        Block("paragraph", text.summary),
    )
    return Paper("Phiếu đăng ký dự thi", rules.title, body)


def commitment(cast: Cast, entry: Entry, text: Text) -> Paper:
    """Write the commitment (bản cam kết)."""
    names = ", ".join(cast.person(part.person).full_name for part in entry.authors)
    promises = (
        "Sáng kiến do chính tác giả nghiên cứu, không sao chép của tổ chức, cá nhân khác.",
        "Sáng kiến chưa công bố trên sách, báo, tạp chí, phương tiện thông tin đại chúng.",
        "Sáng kiến chưa dự thi ở cuộc thi nào khác.",
        "Nếu sai, tác giả chịu trách nhiệm và chấp nhận bị thu hồi kết quả.",
    )
    body = (
        Block("paragraph", f"Tác giả: {names}."),
        Block("paragraph", "Tác giả cam kết với Ban Tổ chức cuộc thi:"),
        *(Block("point", promise) for promise in promises),
        Block("paragraph", f"Người cam kết: {names} (đã ký)."),
    )
    return Paper("Bản cam kết", text.title, body)


OTHERS = {"PHIEU_DANG_KY": registration, "BAN_CAM_KET": commitment}


def write_files(made: dict[str, bytes]) -> None:
    """Write what changed, and remove files that no text makes any more."""
    FILES.mkdir(exist_ok=True)
    for old in FILES.iterdir():
        if old.name not in made:
            old.unlink()
    for name, content in made.items():
        if not (FILES / name).exists() or (FILES / name).read_bytes() != content:
            (FILES / name).write_bytes(content)
            print(f"{name}  {len(content):,} bytes")


def file_mistakes(made: dict[str, bytes]) -> Iterator[str]:
    """Yield files that are missing, stale or left over, and their size if it is too much."""
    there = {path.name: path.read_bytes() for path in FILES.iterdir()} if FILES.exists() else {}
    for name in sorted(made.keys() | there.keys()):
        if made.get(name) != there.get(name):
            yield f"{name} is out of date: run python -m demo.build."
    if (size := sum(map(len, there.values()))) > LARGEST:
        yield f"The files take {size:,} bytes, more than {LARGEST:,}."


def length_mistakes(texts: tuple[Text, ...]) -> Iterator[str]:
    """Yield entries outside 2 to 8 pages; a DOCX is as long as the same words as a PDF."""
    for text in texts:
        pages = len(pypdfium2.PdfDocument(to_pdf(Paper(DESCRIPTION, text.title, text.body))))
        if pages not in PAGES:
            yield f"{text.file} has {pages} pages."


if __name__ == "__main__":
    main()
