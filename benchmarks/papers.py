"""`python -m benchmarks.papers`: certificates a minute, beside LibreOffice merging the same ones.

Ours are printed as PDF/A and DOCX and signed twice, in one process as in one child of awards.
LibreOffice gets the same certificates filled into DOCX beforehand and turns them into PDF in one
run; it signs nothing. Memory is the most that was resident at once. Then every form is printed,
and its DOCX turned into PDF by LibreOffice: it must have as many pages. Status 1 otherwise.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from shutil import which

import click
import msgspec
import psutil
from pypdfium2 import PdfDocument

from contracts.rules import Authority
from press.sheets import Printed
from services.awards.domain.paper import Certificate, Document
from services.awards.domain.wording import Award, Issue
from services.awards.operating.paper import sampled
from services.awards.orders import Job, Key
from services.awards.press import press
from services.awards.profile import load_profile
from services.awards.signing.sample import make_test_ca

DATED = datetime(2026, 11, 20, 2, tzinfo=UTC)
PASSWORD = "chỉ để thử"  # noqa: S105
FONTS = "/usr/share/fonts"
GIVER = Authority(
    code="MAU", name="Chủ tịch Ủy ban nhân dân tỉnh (mẫu)", issuer="ỦY BAN NHÂN DÂN TỈNH (MẪU)",
    symbol="QĐ-UBND", signer_title="CHỦ TỊCH", place="Địa danh",
)  # fmt: skip


def certificates(count: int) -> list[Certificate]:
    """Return certificates that differ in recipient, title and number."""
    profile = load_profile("2026")
    words = profile.commendations["BANG_KHEN"]
    issue = Issue(GIVER, "BANG_KHEN", 1, date(2026, 11, 20))
    found = []
    for number in range(1, count + 1):
        award = Award(
            title=f"Giải pháp rút ngắn thời gian giải quyết thủ tục hành chính số {number}",
            authors=(f"Tác giả Mẫu Số {number}",),
            unit="Đơn vị mẫu",
            prize="Giải Ba",
            score=Decimal(80),
        )
        said = words.achievement.format(
            prize=award.prize, contest="Cuộc thi mẫu", title=award.title
        )
        found.append(
            Certificate(
                giver=GIVER.name.upper(),
                type_name=words.name.upper(),
                recipient=award.authors[0],
                unit=award.unit or "",
                achievement=said,
                placed=issue.placed,
                signature=issue.signature,
                decided=f"Quyết định số {issue.full_number} ngày 20 tháng 11 năm 2026",
                registered=f"Số sổ vàng: {number:02d}",
                check=f"https://sangkien.example.vn/kiem-tra/{number:032x}",
            )
        )
    return found


def printed(paper: Certificate | Document, keys: tuple[Key, ...] = ()) -> Printed:
    """Print as a child of awards does."""
    job = Job(
        font_path=FONTS,
        dated=DATED,
        keys=keys,
        document=paper if isinstance(paper, Document) else None,
        certificate=paper if isinstance(paper, Certificate) else None,
    )
    return msgspec.msgpack.decode(press(msgspec.json.encode(job)), type=Printed)


def print_all(folder: Path, count: int) -> None:
    """Print and sign certificates into a folder, and say how long it took."""
    make_test_ca(folder, ("approve", "issue"), PASSWORD)
    keys = tuple(
        Key(role=role, path=str(folder / f"{role}.p12"), password=PASSWORD)
        for role in ("approve", "issue")
    )
    printed(certificates(1)[0], keys)  # fonts are read, libraries woken
    began, processor = time.perf_counter(), time.process_time()
    for number, paper in enumerate(certificates(count), start=1):
        both = printed(paper, keys)
        (folder / f"{number}.pdf").write_bytes(both.pdf.content)
        (folder / f"{number}.docx").write_bytes(both.docx.content)
    took = {
        "seconds": time.perf_counter() - began,
        "processor": time.process_time() - processor,
    }
    print(json.dumps(took))


def watched(command: list[str]) -> tuple[float, float, str]:
    """Run a command; return seconds, the most MiB it and its children held, and what it said."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    most = [0.0]

    def watch() -> None:
        while process.poll() is None:
            try:
                family = [me := psutil.Process(process.pid), *me.children(recursive=True)]
                held = sum(each.memory_info().rss for each in family) / 2**20
                most[0] = max(most[0], held)
            except psutil.Error:
                continue
            time.sleep(0.2)

    watcher = threading.Thread(target=watch)
    watcher.start()
    said = process.stdout.read().decode() if process.stdout else ""
    watcher.join()
    return time.perf_counter() - began, most[0], said


def converting(office: str, files: list[Path], folder: Path) -> list[str]:
    """Return the command that turns files into PDF/A in one run of LibreOffice."""
    asked = 'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"}}'
    home = f"-env:UserInstallation=file://{folder}/home"
    return [
        *(office, home, "--headless", "--convert-to", asked, "--outdir", str(folder / "pdf")),
        *map(str, files),
    ]


def pages(content: bytes | Path) -> int:
    """Count the pages of a PDF."""
    with PdfDocument(content) as document:
        return len(document)


def compare_pages(office: str, folder: Path) -> list[tuple[str, int, int]]:
    """Return the pages of each form in our PDF and in LibreOffice's of our DOCX."""
    profile = load_profile("2026")
    papers: dict[str, Certificate | Document] = {
        name: sampled(profile, name) for name in sorted(profile.documents)
    }
    papers["CERTIFICATE"] = certificates(1)[0]
    ours = {}
    for name, paper in papers.items():
        both = printed(paper)
        ours[name] = pages(both.pdf.content)
        (folder / f"{name}.docx").write_bytes(both.docx.content)
    watched(converting(office, [folder / f"{name}.docx" for name in papers], folder))
    return [(name, count, pages(folder / "pdf" / f"{name}.pdf")) for name, count in ours.items()]


@click.command()
@click.option("--count", default=500, show_default=True)
@click.option("--into", type=click.Path(path_type=Path), help="Print ours into a folder and end.")
def main(count: int, into: Path | None) -> None:
    """Print how fast certificates are made, in how much memory, beside LibreOffice."""
    if into:
        print_all(into, count)
        return
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        own = [sys.executable, "-W", "ignore", "-m", "benchmarks.papers", "--count", str(count)]
        _, memory, said = watched([*own, "--into", str(folder)])
        took = json.loads(said)
        row = "{:<44} {:>9.0f} a minute {:>7.0f} MiB  {:>7.1f} s".format
        print(f"{count} certificates, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        rate = 60 * count / took["seconds"]
        print(row("sangkien: PDF/A, DOCX, two signatures", rate, memory, took["seconds"]))
        rate = 60 * count / took["processor"]
        print(row("  of the processor's time", rate, memory, took["processor"]))
        office = which("soffice")
        if office is None:
            print("LibreOffice is not installed (libreoffice-writer-nogui): nothing to compare.")
            return
        files = [folder / f"{number}.docx" for number in range(1, count + 1)]
        seconds, memory, _ = watched(converting(office, files, folder))
        print(row("LibreOffice: PDF/A alone, unsigned", 60 * count / seconds, memory, seconds))
        made_pdfs = len(list((folder / "pdf").glob("*.pdf")))
        compared = compare_pages(office, folder)
    print("\npages in our PDF, in LibreOffice's of our DOCX")
    for name, ours, theirs in compared:
        print(f"{name:<22} {ours} {theirs}")
    sys.exit(made_pdfs != count or any(ours != theirs for _, ours, theirs in compared))


if __name__ == "__main__":
    main()
