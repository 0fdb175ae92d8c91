"""Documents are uploaded in parts, looked into, and kept or refused for good."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from os import kill
from signal import SIGKILL
from socket import create_server
from threading import Event, Thread
from unicodedata import normalize
from urllib.parse import unquote

import httpx
import pytest
from msgspec.structs import replace
from sqlalchemy import select

from contracts import intake
from kernel.objects import ObjectMissing
from kernel.testing import Rejected, actor
from services.intake.domain.documents import PART_BYTES
from services.intake.store.tables import DocumentRow
from tests import files
from tests.service.intake.conftest import AN, BINH, IN_TIME, PDF

VIDEO = files.mp4(60, size=2 * PART_BYTES + 1000)
PARTS = [VIDEO[at : at + PART_BYTES] for at in range(0, len(VIDEO), PART_BYTES)]
DIGESTS = tuple(sha256(part).hexdigest() for part in PARTS)


def attach_video(contest, entry_id: str, by=AN, **other) -> intake.Upload:
    asked = {
        "entry_id": entry_id,
        "code": "VIDEO",
        "file_name": "Giới thiệu.mp4",
        "media_type": "video/mp4",
        "size": len(VIDEO),
        "parts": DIGESTS,
    }
    return contest.ask(intake.AttachDocument(**asked | other), by, reply=intake.Upload)


def put(parts, numbers) -> None:
    for number in numbers:
        httpx.put(parts[number - 1].url, content=PARTS[number - 1]).raise_for_status()


def progress(contest, entry_id: str, upload: intake.Upload, by=AN) -> intake.UploadView:
    asked = intake.ShowUpload(entry_id=entry_id, document_id=upload.document_id)
    return contest.ask(asked, by, reply=intake.UploadView)


def read(contest, entry_id: str, document_id: str) -> bytes:
    link = intake.LinkDocument(entry_id=entry_id, document_id=document_id)
    return httpx.get(contest.ask(link)).raise_for_status().content


def refused(contest, entry_id: str, content: bytes, kind: str, **other) -> str:
    """Upload what is refused; return the code."""
    upload = contest.attach(entry_id, content, kind, **other)
    httpx.put(upload.url, content=content).raise_for_status()
    with pytest.raises(Rejected) as caught:
        contest.confirm(entry_id, upload)
    return caught.value.code


def test_file_of_three_parts_is_uploaded_in_any_order_and_is_what_it_was(contest):
    entry_id = contest.draft()
    upload = attach_video(contest, entry_id)

    put(upload.parts, [3, 1, 2])
    contest.confirm(entry_id, upload)

    assert [part.size for part in upload.parts] == [len(part) for part in PARTS]
    assert upload.url == upload.parts[0].url
    (shown,) = contest.show(entry_id).documents
    assert (shown.state, shown.minutes, shown.sha256) == ("STORED", 1, sha256(VIDEO).hexdigest())
    assert read(contest, entry_id, upload.document_id) == VIDEO


def test_upload_goes_on_in_another_session_with_the_parts_already_there(contest):
    entry_id = contest.draft()
    first = attach_video(contest, entry_id)
    put(first.parts, [1, 3])

    again = attach_video(contest, entry_id)
    seen = progress(contest, entry_id, again)

    assert again.document_id == first.document_id
    assert [part.there for part in seen.parts] == [True, False, True]
    put(seen.parts, [2])
    contest.confirm(entry_id, again)
    assert progress(contest, entry_id, again).state == "STORED"


def test_half_a_part_is_not_there_and_the_upload_can_still_be_finished(contest):
    entry_id = contest.draft()
    upload = attach_video(contest, entry_id)
    put(upload.parts, [1, 2])
    httpx.put(upload.parts[2].url, content=PARTS[2][:10]).raise_for_status()

    with pytest.raises(Rejected, match=r"NotUploaded: Giới thiệu\.mp4 is not uploaded to its end"):
        contest.confirm(entry_id, upload)

    assert [part.there for part in progress(contest, entry_id, upload).parts][2] is False
    put(upload.parts, [3])
    contest.confirm(entry_id, upload)


def test_another_file_under_the_same_name_is_another_upload(contest):
    entry_id = contest.draft()
    first = attach_video(contest, entry_id)

    other = attach_video(contest, entry_id, parts=DIGESTS[::-1])

    assert other.document_id != first.document_id


def test_one_changed_part_is_not_what_was_announced_and_its_object_goes(contest):
    entry_id = contest.draft()
    upload = attach_video(contest, entry_id, parts=(DIGESTS[0], DIGESTS[0], DIGESTS[2]))
    put(upload.parts, [1, 2, 3])

    for _ in range(2):
        with pytest.raises(Rejected, match="NotWhatWasAnnounced"):
            contest.confirm(entry_id, upload)

    (key,) = contest.bench.rows(select(DocumentRow.key))
    contest.bench.tick("sweep_uploads", now=IN_TIME)
    with pytest.raises(ObjectMissing):
        contest.bench.service.files.get(key)


def test_part_urls_change_nothing_once_the_upload_is_complete(contest):
    entry_id = contest.draft()
    upload = attach_video(contest, entry_id)
    put(upload.parts, [1, 2, 3])
    contest.confirm(entry_id, upload)

    answers = [httpx.put(part.url, content=b"other").status_code for part in upload.parts]

    assert answers == [404, 404, 404]
    assert read(contest, entry_id, upload.document_id) == VIDEO


def test_nobody_else_sees_how_far_an_upload_is(contest):
    entry_id = contest.draft()
    upload = attach_video(contest, entry_id)

    with pytest.raises(Rejected, match="UnknownEntry"):
        progress(contest, entry_id, upload, BINH)
    with pytest.raises(Rejected, match="UnknownEntry"):
        progress(contest, entry_id, upload, actor("clerk", id="c-9"))


def test_upload_that_nobody_finishes_is_given_up_after_a_day(contest):
    entry_id = contest.draft()
    upload = attach_video(contest, entry_id)
    put(upload.parts, [1])
    contest.bench.tick("sweep_uploads", now=IN_TIME + timedelta(hours=24))
    assert progress(contest, entry_id, upload).state == "UPLOADING"

    contest.bench.tick("sweep_uploads", now=IN_TIME + timedelta(hours=24, seconds=1))

    assert progress(contest, entry_id, upload).state == "ABANDONED"
    assert httpx.put(upload.url, content=b"late").status_code == 404
    with pytest.raises(Rejected, match="UploadAbandoned"):
        contest.confirm(entry_id, upload)


@pytest.mark.parametrize(
    ("content", "kind", "code"),
    [
        (files.docx(**{"word/vbaProject.bin": b"x"}), "docx", "HasMacros"),
        (files.ole({"EncryptedPackage": b"x"}), "docx", "HasPassword"),
        (files.docx(bytes(64 * 1024 * 1024)), "docx", "PackedTooTightly"),
        (files.docx('<!DOCTYPE x [<!ENTITY a "b">]>'), "docx", "HasEntities"),
        (files.pdf()[:-40], "pdf", "Damaged"),
        (PDF, "docx", "ContentMismatch"),
        (b"MZ\x90 program", "pdf", "ContentMismatch"),
    ],
)
def test_bad_file_stays_refused_with_its_reason_and_leaves_the_entry_usable(
    contest, content, kind, code
):
    entry_id = contest.draft()

    assert refused(contest, entry_id, content, kind) == code

    (shown,) = contest.show(entry_id).documents
    assert (shown.state, shown.stored) == ("REFUSED", False)
    assert shown.refusal_params["name"] == f"Thuyết minh.{kind}"
    assert contest.notes(entry_id)[-1] == ("DRAFT", f"Không nhận tệp “Thuyết minh.{kind}”.")
    contest.upload(entry_id)
    assert contest.submit(entry_id).missing == ()


def test_paper_of_too_many_pages_is_refused_and_its_pages_are_counted(contest):
    entry_id = contest.draft()
    dossier = contest.ask(
        intake.ShowContest(contest_id="HG-CCHC-2022"), reply=intake.OpenedContest
    ).rules.dossier
    most = next(paper.max_pages for paper in dossier.required if paper.is_description)

    assert refused(contest, entry_id, files.pdf(most + 1), "pdf") == "TooManyPages"
    contest.upload(entry_id, files.pdf(most))

    assert [one.pages for one in contest.show(entry_id).documents] == [None, most]


def test_two_confirmations_at_once_keep_the_document_once(contest):
    entry_id = contest.draft()
    upload = attach_video(contest, entry_id)
    put(upload.parts, [1, 2, 3])

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: contest.confirm(entry_id, upload), range(2)))

    assert read(contest, entry_id, upload.document_id) == VIDEO


def test_inspector_that_is_killed_is_replaced(contest):
    entry_id = contest.draft()
    contest.upload(entry_id)
    crunch = contest.bench.service.inspectors
    child = crunch.places.get()
    kill(child.pid, SIGKILL)
    crunch.places.put(child)

    document_id = contest.upload(entry_id, files.pdf(2))

    assert read(contest, entry_id, document_id) == files.pdf(2)


class SlowScanner:
    """Speaks as ClamAV does; says that a file is clean once it may."""

    def __init__(self) -> None:
        self.has_read, self.may_say = Event(), Event()
        self.server = create_server(("127.0.0.1", 0))
        self.url = f"tcp://127.0.0.1:{self.server.getsockname()[1]}"
        Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        line, _ = self.server.accept()
        with line:
            while not line.recv(65536).endswith(b"\0\0\0\0"):
                pass
            self.has_read.set()
            self.may_say.wait(20)
            line.sendall(b"stream: OK\0")


@pytest.fixture
def scanner(contest):
    scanner = SlowScanner()
    service = contest.bench.service
    service.settings = replace(service.settings, clamd_url=scanner.url)
    yield scanner
    scanner.may_say.set()
    scanner.server.close()


def test_an_entry_is_saved_while_one_of_its_documents_is_looked_into(contest, scanner):
    entry_id = contest.draft()
    upload = contest.attach(entry_id)
    httpx.put(upload.url, content=PDF).raise_for_status()

    with ThreadPoolExecutor(1) as people:
        confirming = people.submit(contest.confirm, entry_id, upload)
        assert scanner.has_read.wait(60)
        saved = intake.SaveDraft(entry_id=entry_id, revision=1, title="Tên khác")
        revision = contest.ask(saved)
        is_still_looked_into = not confirming.done()
        scanner.may_say.set()
        confirming.result()

    assert (revision, is_still_looked_into) == (2, True)
    shown = contest.show(entry_id)
    assert (shown.title, shown.documents[0].state) == ("Tên khác", "STORED")


def test_a_document_of_an_entry_that_was_withdrawn_meanwhile_is_not_kept(contest, scanner):
    entry_id = contest.draft()
    upload = contest.attach(entry_id)
    httpx.put(upload.url, content=PDF).raise_for_status()

    with ThreadPoolExecutor(1) as people:
        confirming = people.submit(contest.confirm, entry_id, upload)
        assert scanner.has_read.wait(60)
        contest.ask(intake.WithdrawEntry(entry_id=entry_id))
        scanner.may_say.set()
        with pytest.raises(Rejected, match="WrongState"):
            confirming.result()

    (state,) = contest.bench.rows(select(DocumentRow.state))
    assert state == "UPLOADING"


def test_confirmation_cut_off_after_the_store_was_told_can_be_repeated(contest):
    entry_id = contest.draft()
    upload = attach_video(contest, entry_id)
    put(upload.parts, [1, 2, 3])
    set_up = contest.bench.service.settings
    contest.bench.service.settings = replace(set_up, clamd_url="tcp://127.0.0.1:1")
    with pytest.raises(AssertionError, match="Unavailable"):
        contest.confirm(entry_id, upload)
    assert progress(contest, entry_id, upload).state == "UPLOADING"

    contest.bench.service.settings = set_up
    contest.confirm(entry_id, upload)

    assert read(contest, entry_id, upload.document_id) == VIDEO


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_name_survives_in_whichever_form_it_was_sent(contest, form):
    entry_id = contest.draft()
    sent = normalize(form, "Thuyết\u00a0minh " + "ữ" * 300 + ".pdf")
    asked = intake.AttachDocument(
        entry_id=entry_id,
        code="BAN_THUYET_MINH",
        file_name=sent,
        media_type="application/pdf",
        size=len(PDF),
        sha256=sha256(PDF).hexdigest(),
    )
    upload = contest.ask(asked, reply=intake.Upload)
    httpx.put(upload.url, content=PDF).raise_for_status()
    contest.confirm(entry_id, upload)

    (shown,) = contest.show(entry_id).documents
    assert shown.sent_name == sent
    assert shown.file_name == normalize("NFC", "Thuyết minh " + "ữ" * 300 + ".pdf")
    link = intake.LinkDocument(entry_id=entry_id, document_id=upload.document_id)
    said = httpx.get(contest.ask(link)).headers["content-disposition"]
    assert unquote(said.rpartition("''")[2]) == sent
    assert said.startswith('attachment; filename="Thuy')
