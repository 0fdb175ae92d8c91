"""Files are scanned for viruses by a real ClamAV daemon, with a signature of our own."""

import socket
import subprocess
from pathlib import Path

import httpx
import pytest
from msgspec.structs import replace
from sqlalchemy import select

from contracts import intake
from kernel.objects import ObjectMissing
from kernel.testing import Rejected
from services.intake.store.tables import DocumentRow
from tests import files
from tests.service.intake.conftest import CLERK, IN_TIME

CLAMD = Path("/usr/sbin/clamd")
MARK = "MA-DOC-MAU-CHI-DE-KIEM-THU"  # what the one signature looks for
INFECTED = files.pdf(text=MARK)


@pytest.fixture(scope="module")
def clamd(tmp_path_factory):
    """Run a daemon that knows one virus; its URL."""
    assert CLAMD.exists(), "clamd is missing: apt-get install clamav-daemon"
    folder = tmp_path_factory.mktemp("clamd")
    known = folder / "known"
    known.mkdir()
    (known / "own.ndb").write_text(f"Mau.KiemThu:0:*:{MARK.encode().hex()}\n")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = folder / "clamd.conf"
    settings.write_text(
        f"Foreground yes\nTCPSocket {port}\nTCPAddr 127.0.0.1\nDatabaseDirectory {known}\n"
        f"LogFile {folder}/log\nStreamMaxLength 1M\n"
    )
    running = subprocess.Popen([CLAMD, "--config-file", settings], stdout=subprocess.DEVNULL)
    while not answers(port):
        assert running.poll() is None, (folder / "log").read_text()
    yield f"tcp://127.0.0.1:{port}"
    running.terminate()
    running.wait()


def answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
            line.sendall(b"zPING\0")
            return line.recv(16) == b"PONG\0"
    except OSError:
        return False


@pytest.fixture
def scanned(contest, clamd):
    service = contest.bench.service
    service.settings = replace(service.settings, clamd_url=clamd)
    return contest


def test_clean_file_is_kept(scanned):
    entry_id = scanned.draft()

    scanned.upload(entry_id)

    assert scanned.show(entry_id).documents[0].state == "STORED"


def test_infected_file_is_quarantined_where_no_link_leads_and_said_so(scanned):
    entry_id = scanned.draft()
    upload = scanned.attach(entry_id, INFECTED)
    httpx.put(upload.url, content=INFECTED).raise_for_status()
    (before,) = scanned.bench.rows(select(DocumentRow.key))

    for _ in range(2):
        with pytest.raises(Rejected, match=r"Infected: .* carries the virus Mau\.KiemThu"):
            scanned.confirm(entry_id, upload)

    scanned.bench.tick("sweep_uploads", now=IN_TIME)
    bucket = scanned.bench.service.files
    assert scanned.show(entry_id).documents[0].state == "QUARANTINED"
    assert scanned.notes(entry_id)[-1][1] == (
        "Đã cách ly tệp “Thuyết minh.pdf” vì phát hiện mã độc Mau.KiemThu.UNOFFICIAL."
    )
    assert bucket.get(f"quarantine/{before}") == INFECTED
    with pytest.raises(ObjectMissing):
        bucket.get(before)
    link = intake.LinkDocument(entry_id=entry_id, document_id=upload.document_id)
    with pytest.raises(Rejected, match="Infected"):
        scanned.ask(link)
    scanned.submit(entry_id)
    share = intake.ShareDocument(
        entry_id=entry_id, document_id=upload.document_id, recipient="Bộ Nội vụ", days=3
    )
    with pytest.raises(Rejected, match="Infected"):
        scanned.ask(share, CLERK)


def test_file_the_daemon_does_not_look_at_is_not_taken_for_clean(scanned):
    entry_id = scanned.draft()
    content = files.pdf(text="x" * 2_000_000)
    upload = scanned.attach(entry_id, content)
    httpx.put(upload.url, content=content).raise_for_status()

    with pytest.raises(AssertionError, match="Unavailable"):
        scanned.confirm(entry_id, upload)

    assert scanned.show(entry_id).documents[0].state == "UPLOADING"
