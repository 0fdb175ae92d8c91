"""Other systems push whole dossiers: with links or uploads, once, and see nobody else's."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
import pytest
from sqlalchemy import select, text, update

from contracts import intake
from contracts.message import Actor
from kernel.database import Origin
from kernel.testing import TENANT, Rejected, actor
from services.intake.service import IntakeService
from services.intake.store import contests, one_stop
from services.intake.store.tables import DocumentRow, EntryRow, FetchRow, IssuedReceiptRow
from tests import files
from tests.service.intake.conftest import (
    CONTEST,
    DECLARED,
    IN_TIME,
    OPENED,
    ORGANISER,
    PDF,
    SOURCE,
    Contest,
)

CLIENT = actor("client", id="one-stop")
OTHER = actor("client", id="other-stop")


class Shelf:
    """A web server of files; `moved` is where it sends whoever asks for `/moved`."""

    def __init__(self) -> None:
        self.files, self.moved = {"/a.pdf": PDF}, "/a.pdf"
        shelf = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self):
                if self.path == "/moved":
                    self.send_response(302)
                    self.send_header("Location", shelf.moved)
                    self.end_headers()
                    return
                content = shelf.files.get(self.path)
                self.send_response(200 if content else 404)
                self.end_headers()
                self.wfile.write(content or b"")

            def log_message(self, *_):
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.address = f"127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


@pytest.fixture
def shelf():
    shelf = Shelf()
    yield shelf
    shelf.server.shutdown()
    shelf.server.server_close()


@pytest.fixture
def bench(service_bench, shelf):
    return service_bench(IntakeService, FETCH_ALLOW=shelf.address)


def file(content: bytes = PDF, url: str | None = None, **other) -> intake.DossierFile:
    asked = {
        "code": "BAN_THUYET_MINH",
        "file_name": "Thuyết minh.pdf",
        "media_type": "application/pdf",
        "size": len(content),
        "sha256": sha256(content).hexdigest(),
    }
    return intake.DossierFile(**asked | other, url=url)


def dossier(*papers: intake.DossierFile, code: str = "H30-220701-0042") -> intake.PushDossier:
    return intake.PushDossier(
        contest_id=CONTEST, external_code=code, kind="INDIVIDUAL", group="NGUOI_DAN",
        title="Nộp hồ sơ một lần", summary="Một lần cho mọi thủ tục.", area="TTHC",
        authors=(intake.Author(full_name="Nguyễn Văn An", email="an@mau.vn"),),
        declarations=DECLARED, files=papers,
    )  # fmt: skip


def push(contest: Contest, *papers, by=CLIENT, **other) -> intake.PushedDossier:
    return contest.ask(dossier(*papers, **other), by, reply=intake.PushedDossier)


def show(contest: Contest, code: str, by=CLIENT) -> intake.DossierView:
    return contest.ask(intake.ShowDossier(code=code), by, reply=intake.DossierView)


def fetch(contest: Contest) -> None:
    """Fetch what is queued, and hand in what is whole."""
    queued = select(FetchRow.document_id).where(FetchRow.state == "QUEUED")
    for document_id in contest.bench.rows(queued):
        contest.bench.service.fetch_one(TENANT, document_id)
    contest.bench.tick("finish_dossiers")


def test_a_dossier_with_a_link_is_handed_in_when_the_file_is_here(contest, shelf):
    pushed = push(contest, file(url=f"http://{shelf.address}/moved"))

    fetch(contest)
    shown = show(contest, "H30-220701-0042")

    assert pushed.receipt is None
    assert [(one.code, one.by_url) for one in pushed.pending] == [("BAN_THUYET_MINH", True)]
    assert (shown.state, shown.status, shown.missing, shown.pending) == ("SUBMITTED", "1", (), ())
    assert shown.received_at == IN_TIME
    assert show(contest, shown.receipt_code) == show(contest, shown.entry_id) == shown


def test_a_dossier_with_an_upload_waits_for_it(contest):
    pushed = push(contest, file())
    (place,) = pushed.uploads

    contest.bench.tick("finish_dossiers")
    before = show(contest, "H30-220701-0042")
    httpx.put(place.url, content=PDF).raise_for_status()
    confirmed = intake.ConfirmDocument(entry_id=pushed.entry_id, document_id=place.document_id)
    contest.ask(confirmed, CLIENT)
    contest.bench.tick("finish_dossiers")

    assert (before.state, before.status) == ("DRAFT", None)
    # The machine's own clock, on which the upload was complete, is long past the deadline.
    assert show(contest, "H30-220701-0042").state == "LATE"


def test_a_dossier_without_files_gets_its_receipt_at_once(contest):
    pushed = push(contest)

    assert pushed.receipt is not None
    assert pushed.receipt.missing == ("BAN_THUYET_MINH",)


def test_a_repeated_push_is_one_dossier(contest):
    first = contest.ask(dossier(), CLIENT, id="k-1", reply=intake.PushedDossier)
    again = contest.ask(dossier(), CLIENT, id="k-1", reply=intake.PushedDossier)

    with pytest.raises(Rejected, match="DossierPushed"):
        contest.ask(dossier(), CLIENT, id="k-2")
    assert first == again


def test_a_returned_dossier_is_supplemented(contest, shelf):
    pushed = push(contest)
    contest.give_back(pushed.entry_id)
    asked = intake.SupplementDossier(
        code=pushed.receipt.receipt_code, files=(file(url=f"http://{shelf.address}/a.pdf"),)
    )

    contest.ask(asked, CLIENT)
    fetch(contest)
    shown = show(contest, "H30-220701-0042")

    assert (shown.state, shown.missing) == ("SUBMITTED", ())
    assert contest.show(pushed.entry_id).version == 2


def test_a_dossier_is_withdrawn(contest):
    push(contest)

    contest.ask(intake.WithdrawDossier(code="H30-220701-0042", reason="Nộp nhầm"), CLIENT)

    shown = show(contest, "H30-220701-0042")
    assert (shown.state, shown.status) == ("WITHDRAWN", "7")


@pytest.mark.parametrize("code", ["H30-220701-0042", "nobody's"])
def test_another_clients_dossier_is_like_none(contest, code):
    push(contest)
    refusals = []

    for asked in (
        intake.ShowDossier(code=code),
        intake.SupplementDossier(code=code),
        intake.WithdrawDossier(code=code),
    ):
        with pytest.raises(Rejected) as refused:
            contest.ask(asked, OTHER)
        refusals.append(str(refused.value))

    assert set(refusals) == {"UnknownDossier: There is no such dossier."}


@pytest.mark.parametrize(
    ("path", "content", "problem"),
    [
        ("/a.pdf", b"%PDF-1.7 another", "OtherFile"),
        ("/none.pdf", PDF, "NotFetched"),
    ],
)
def test_what_is_not_the_announced_file_is_not_taken(contest, shelf, path, content, problem):
    push(contest, file(content, url=f"http://{shelf.address}{path}"))

    fetch(contest)

    (pending,) = show(contest, "H30-220701-0042").pending
    assert (pending.problem, show(contest, "H30-220701-0042").state) == (problem, "DRAFT")


def test_a_video_is_fetched_whole_part_by_part(contest, shelf):
    video = files.mp4(size=26 * 1024 * 1024)
    shelf.files["/v.mp4"] = video
    by_link = f"http://{shelf.address}/v.mp4"
    what = {"code": "VIDEO", "file_name": "v.mp4", "media_type": "video/mp4"}
    push(contest, file(url=f"http://{shelf.address}/a.pdf"), file(video, by_link, **what))

    fetch(contest)

    (key,) = contest.bench.rows(select(DocumentRow.key).where(DocumentRow.code == "VIDEO"))
    assert show(contest, "H30-220701-0042").state == "SUBMITTED"
    assert contest.bench.service.files.get(key) == video


def test_a_file_that_could_not_be_fetched_is_replaced(contest, shelf):
    push(contest, file(url=f"http://{shelf.address}/none.pdf"))
    fetch(contest)
    there = file(url=f"http://{shelf.address}/a.pdf")
    asked = intake.SupplementDossier(code="H30-220701-0042", files=(there,))

    contest.ask(asked, CLIENT, IN_TIME + timedelta(minutes=1))
    fetch(contest)

    shown = show(contest, "H30-220701-0042")
    assert (shown.state, shown.missing, shown.pending) == ("SUBMITTED", (), ())


@pytest.mark.parametrize("inside", ["http://127.0.0.1:1/a.pdf", "http://[::ffff:10.0.0.1]/a.pdf"])
def test_nothing_inside_is_fetched_not_even_by_a_redirect(contest, shelf, inside):
    shelf.moved = inside
    push(contest, file(url=f"http://{shelf.address}/moved"))

    fetch(contest)

    (pending,) = show(contest, "H30-220701-0042").pending
    assert pending.problem == "FileAddressRefused"


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://u:p@host/a", "ftp://host/a", "x"])
def test_what_is_no_address_of_a_file_is_refused_at_once(contest, url):
    with pytest.raises(Rejected, match="FileAddressRefused"):
        push(contest, file(url=url))


def test_a_receipt_of_a_sandbox_says_so(contest):
    tenant = "hau-giang-sandbox"
    contest.ask(intake.OpenContest(source=SOURCE), ORGANISER, OPENED, tenant=tenant)

    contest.ask(dossier(), CLIENT, tenant=tenant)
    contest.ask(dossier(), CLIENT)

    papers = select(IssuedReceiptRow.paper)
    (trial,) = contest.bench.rows(papers, tenant)
    (real,) = contest.bench.rows(papers)
    assert "(THỬ NGHIỆM)" in trial
    assert "THỬ NGHIỆM" not in real


def test_a_long_file_is_to_be_uploaded(contest, shelf):
    long = file(url=f"http://{shelf.address}/a.pdf", size=21 * 1024 * 1024)

    with pytest.raises(Rejected, match="TooLarge"):
        push(contest, long)


def scoped(*scopes: str) -> Actor:
    return Actor(id="one-stop", roles=frozenset({"client"}), scopes=frozenset(scopes))


def test_a_token_that_may_only_read_states_cannot_push(contest):
    push(contest)

    with pytest.raises(Rejected, match="ScopeMissing"):
        push(contest, by=scoped("status:read"), code="second")
    assert show(contest, "H30-220701-0042", by=scoped("status:read")).state == "SUBMITTED"


def test_a_token_for_another_contest_finds_nothing_here(contest):
    push(contest)
    elsewhere = scoped("status:read", "entries:read", "entries:write", "contest:OTHER")

    with pytest.raises(Rejected, match="UnknownEntry"):
        show(contest, "H30-220701-0042", by=elsewhere)
    with pytest.raises(Rejected, match="UnknownEntry"):
        push(contest, by=elsewhere, code="second")


def evidence(shelf: Shelf, name: str) -> intake.DossierFile:
    url = f"http://{shelf.address}/{name}"
    return file(code="MINH_CHUNG", file_name=name, url=url)


def test_a_file_of_many_is_waited_for_whatever_comes_after_it(contest, shelf):
    push(contest, file(url=f"http://{shelf.address}/a.pdf"), evidence(shelf, "none.pdf"))
    fetch(contest)
    shelf.files["/b.pdf"] = PDF
    more = intake.SupplementDossier(code="H30-220701-0042", files=(evidence(shelf, "b.pdf"),))

    contest.ask(more, CLIENT, IN_TIME + timedelta(minutes=1))
    fetch(contest)
    shown = show(contest, "H30-220701-0042")

    assert (shown.state, [one.file_name for one in shown.pending]) == ("DRAFT", ["none.pdf"])


def test_no_more_files_are_fetched_at_once_than_there_is_room_for(contest, shelf):
    push(contest, *(evidence(shelf, f"{number}.pdf") for number in range(7)))
    lease = timedelta(minutes=4)

    def claim(now: datetime) -> int:
        with contest.bench.database.work(Origin.own("intake", TENANT)) as work:
            one_stop.expire(work.session, now, 6, "NotFetched")
            return len(one_stop.claim(work.session, now, lease))

    taken = [claim(IN_TIME), claim(IN_TIME), claim(IN_TIME + lease)]

    assert taken == [5, 0, 5]


def test_a_file_that_whoever_fetches_it_dies_over_is_given_up(contest, shelf):
    push(contest, evidence(shelf, "deadly.pdf"))
    lease = timedelta(minutes=4)
    counted = []

    for number in range(7):
        now = IN_TIME + number * lease
        with contest.bench.database.work(Origin.own("intake", TENANT)) as work:
            one_stop.expire(work.session, now, 6, "NotFetched")
            one_stop.claim(work.session, now, lease)  # and is killed over it
        (row,) = contest.bench.rows(select(FetchRow))
        counted.append((row.state, row.attempts))

    assert counted == [*(("FETCHING", number) for number in range(6)), ("FAILED", 6)]
    assert show(contest, "H30-220701-0042").pending[0].problem == "NotFetched"


def test_the_last_try_counts_too_where_nobody_came_back_from_it(contest, shelf):
    push(contest, evidence(shelf, "deadly.pdf"))
    with contest.bench.database.work(Origin.own("intake", TENANT)) as work:
        lost = update(FetchRow).values(state="FETCHING", attempts=5, due_at=IN_TIME)
        work.session.execute(lost)

    contest.bench.tick("fetch_files", now=IN_TIME)

    (row,) = contest.bench.rows(select(FetchRow))
    assert (row.state, row.attempts) == ("FAILED", 6)


def test_a_dossier_that_cannot_be_handed_in_keeps_no_other_waiting(contest, shelf):
    bent = push(contest, file(url=f"http://{shelf.address}/a.pdf"), code="H30-220701-0041")
    push(contest, file(url=f"http://{shelf.address}/a.pdf"))
    with contest.bench.database.work(Origin.own("intake", TENANT)) as work:
        ours = EntryRow.entry_id == bent.entry_id
        work.session.execute(update(EntryRow).where(ours).values(channel="BENT"))

    fetch(contest)

    assert show(contest, "H30-220701-0042").state == "SUBMITTED"


def test_a_supplement_never_holds_an_entry_while_it_waits_for_the_contest(contest):
    pushed = push(contest)
    contest.give_back(pushed.entry_id)
    more = intake.SupplementDossier(code="H30-220701-0042")
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    entry = select(EntryRow.entry_id).where(EntryRow.entry_id == pushed.entry_id)

    with ThreadPoolExecutor(1) as client:
        with contest.bench.database.work(Origin.own("intake", TENANT)) as work:
            contests.find_contest(work.session, CONTEST)
            supplement = client.submit(contest.ask, more, CLIENT)
            while not work.session.scalar(waiting):
                assert not supplement.done()
            found = work.session.scalar(entry.with_for_update(nowait=True))
        supplement.result()

    assert found == pushed.entry_id
