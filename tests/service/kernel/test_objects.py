"""The object store, as services see it."""

import hashlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
import pytest

from kernel.errors import NotFound, Unavailable
from kernel.objects import Bucket, ObjectMissing
from kernel.settings import KernelSettings

WORDS = "Sáng kiến cải cách hành chính".encode()


def bucket(servers, owner=None, by="review", **changed):
    told = servers.env(by) | changed
    made = Bucket(owner)
    made.connect(
        KernelSettings(
            amqp_url="",
            database_url="",
            s3_url=told["S3_URL"],
            s3_key=told["S3_KEY"],
            s3_secret=told["S3_SECRET"],
            bucket=told["BUCKET"],
            bucket_prefix=told["BUCKET_PREFIX"],
        )
    )
    return made


@pytest.fixture
def files(servers):
    return bucket(servers)


@pytest.fixture
def key(request):
    return f"trial/{hashlib.sha256(request.node.nodeid.encode()).hexdigest()}"


def test_what_is_put_can_be_got(files, key):
    files.put(key, WORDS, "text/plain")

    assert files.get(key) == WORDS


def test_what_is_not_there_is_named(files):
    with pytest.raises(ObjectMissing, match=r"The store has no object trial/none\.") as caught:
        files.get("trial/none")

    assert isinstance(caught.value, NotFound)


def test_a_link_reads_without_any_key(files, key):
    files.put(key, WORDS, "text/plain")

    answer = httpx.get(files.link(key, minutes=5))

    assert (answer.status_code, answer.content) == (200, WORDS)
    assert "content-disposition" not in answer.headers


def test_a_link_can_name_the_file_in_vietnamese(files, key):
    files.put(key, WORDS, "application/pdf")

    answer = httpx.get(files.link(key, 5, "Thuyết minh.pdf"))

    said = answer.headers["content-disposition"]
    assert said == (
        "attachment; filename=\"Thuy_t_minh.pdf\"; filename*=UTF-8''Thuy%E1%BA%BFt%20minh.pdf"
    )


def test_a_link_that_was_tampered_with_is_refused(files, key):
    files.put(key, WORDS, "text/plain")

    answer = httpx.get(files.link(key, 5).replace(key, "trial/other"))

    assert answer.status_code == 403


def test_a_bucket_is_well_where_it_exists(servers, files):
    files.ping()

    with pytest.raises((ObjectMissing, Exception)):
        bucket(servers, BUCKET="no-such-bucket").ping()


def test_a_neighbours_bucket_is_named_after_the_neighbour(servers):
    own = bucket(servers)

    assert bucket(servers, "intake").name == own.name.removesuffix("review") + "intake"
    assert bucket(servers, "intake", BUCKET_PREFIX="").name == "intake"


def test_a_neighbours_bucket_cannot_be_written(servers, key):
    with pytest.raises(Unavailable, match="The store refused: AccessDenied"):
        bucket(servers, "intake").put(key, WORDS, "text/plain")


def test_a_store_that_is_not_there_is_unavailable(servers, key):
    files = bucket(servers, S3_URL="http://127.0.0.1:1")

    with pytest.raises(Unavailable, match=r"The store does not answer\."):
        files.get(key)


class Between(BaseHTTPRequestHandler):
    """What may stand before a store: it has a page of its own, or breaks off in an answer."""

    def do_GET(self):
        if "broken" in self.path:
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.write(b"half")
        else:
            self.send_response(500)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<h1>Internal error</h1>")

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def between():
    """Stand before the store; give the address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Between) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_page_of_what_stands_before_the_store_is_an_outage(servers, between):
    with pytest.raises(Unavailable, match=r"The store does not answer\."):
        bucket(servers, S3_URL=between).get("page")


def test_an_answer_that_breaks_off_is_an_outage(servers, between):
    with pytest.raises(Unavailable, match=r"The store does not answer\."):
        bucket(servers, S3_URL=between).get("broken")


def test_a_bucket_that_may_not_be_seen_is_an_outage(servers):
    with pytest.raises(Unavailable, match="The store "):
        bucket(servers, S3_SECRET="wrong").ping()  # noqa: S106


def test_a_service_gets_the_bucket_itself(servers, monkeypatch):
    for name, value in servers.env("review").items():
        monkeypatch.setenv(name, value)
    files = Bucket()

    files.setup()

    assert files.get_dependency(None) is files
    assert files.name == servers.env("review")["BUCKET"]
