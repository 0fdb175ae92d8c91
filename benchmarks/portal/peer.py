"""The peer: pretalx from PyPI under gunicorn, on the same PostgreSQL server as the platform.

pretalx (https://pretalx.com) takes submissions to conferences; nothing of it is in this project.
It is installed into an environment of its own and spoken to by its commands and over HTTP.
"""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from http import HTTPStatus

import psycopg2
import urllib3
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT
from sqlalchemy import make_url

from benchmarks.entrants import EVIDENCE
from benchmarks.portal.readers import Line, cookies_of, joined
from deploy.local import database
from deploy.local.instance import LOCAL, load

VERSION = "2025.2.2"
PLACE = LOCAL / "pretalx"
PYTHON = PLACE / "venv" / "bin" / "python"
NAME = "pretalx"
EVENT = "democon"
PORT = 28_471
HOST = f"127.0.0.1:{PORT}"
URL = f"http://{HOST}"
WORKERS = 2 * (os.cpu_count() or 1) + 1  # gunicorn's own advice
EMAIL, PASSWORD = "do@mau.example", "do-toc-do-0123456789"  # of this measurement

# What its own shell is told once: a token with every right, a question that a file answers, and
# somebody who has handed something in. Prints what a client needs to know.
SETUP = f"""
import json
from pretalx.event.models import Event
from pretalx.person.models import User
from pretalx.person.models.auth_token import ENDPOINTS, UserApiToken, WRITE_PERMISSIONS
from pretalx.submission.models import Question
event = Event.objects.get(slug={EVENT!r})
administrator = User.objects.get(is_administrator=True)
rights = {{name: list(WRITE_PERMISSIONS) for name in ENDPOINTS}}
token = UserApiToken.objects.create(name="bench", user=administrator, endpoints=rights)
token.events.add(event)
question = Question.objects.create(
    event=event, question="Document", variant="file", target="submission"
)
speaker = User.objects.create_user(email={EMAIL!r}, password={PASSWORD!r}, name="Sample")
submission = event.submissions.first()
submission.speakers.add(speaker)
print("FOUND" + json.dumps({{
    "token": token.token, "question": question.pk, "code": submission.code,
    "kind": event.submission_types.first().pk,
}}))
"""


@dataclass(frozen=True)
class Peer:
    """A running pretalx: its API's token, what a submission there needs, and its process."""

    token: str
    question: int  # which a file answers
    code: str  # of the submission of the person of `EMAIL`
    kind: int  # the type of submission
    pid: int = 0  # of its server's first process

    def signed_in(self) -> str:
        """Sign the person of `EMAIL` in with the form of the page; return the cookies."""
        http = urllib3.PoolManager(retries=False)
        page = http.request("GET", f"{URL}/{EVENT}/login/")
        field = re.search(r"<input[^>]*csrfmiddlewaretoken[^>]*>", page.data.decode())
        found = re.search(r'value="?([^"\s>]+)', field[0]) if field else None
        if not found:
            raise RuntimeError("pretalx shows no form to sign in with.")
        cookies = cookies_of(page)
        fields = {
            "csrfmiddlewaretoken": found[1],
            "login_email": EMAIL,
            "login_password": PASSWORD,
        }
        answer = http.request(
            "POST",
            f"{URL}/{EVENT}/login/",
            fields=fields,
            encode_multipart=False,
            headers={"Cookie": joined(cookies), "Referer": f"{URL}/{EVENT}/login/"},
            redirect=False,
        )
        if answer.status != HTTPStatus.FOUND:
            raise RuntimeError(f"pretalx signs nobody in: {answer.status}")
        return joined(cookies | cookies_of(answer))


@contextmanager
def serving(stack: str) -> Iterator[Peer]:
    """Install pretalx, make its database anew on the stack's server, and run it meanwhile."""
    install()
    environment = os.environ | settings(make_database(stack))
    run(environment, "migrate")
    run(environment, "init", "--noinput")
    run(environment, "create_test_event", "--stage", "cfp", "--slug", EVENT, "--seed", "1")
    run(environment, "rebuild")
    said = run(environment, "shell", "--unsafe-disable-scopes", "-c", SETUP)
    peer = Peer(**json.loads(said.rpartition("FOUND")[2]))
    log = (PLACE / "gunicorn.log").open("w")
    server = subprocess.Popen(
        [PYTHON, "-m", "gunicorn", "pretalx.wsgi", f"--workers={WORKERS}", f"--bind={HOST}"],
        env=environment, stdout=log, stderr=log, cwd=PLACE,
    )  # fmt: skip
    try:
        wait()
        yield replace(peer, pid=server.pid)
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()


def install() -> None:
    """Install what is not there yet."""
    stamp = PLACE / "installed"
    if stamp.exists() and stamp.read_text() == VERSION:
        return
    print(f"installing pretalx {VERSION}, some minutes", flush=True)
    PLACE.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", "venv", PLACE / "venv"], check=True)
    needed = [f"pretalx=={VERSION}", "gunicorn", "psycopg[binary]", "faker", "freezegun"]
    subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", *needed], check=True)
    stamp.write_text(VERSION)


def make_database(stack: str) -> str:
    """Return the address of an empty database of pretalx's own."""
    address = make_url(database.administrator_url(load(stack)))
    plain = address.set(drivername="postgresql").render_as_string(hide_password=False)
    with closing(psycopg2.connect(plain)) as line:
        line.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
        with line.cursor() as cursor:
            cursor.execute(f"drop database if exists {NAME} with (force)")
            cursor.execute(f"create database {NAME}")
    return address.set(database=NAME).render_as_string(hide_password=False)


def settings(address: str) -> dict[str, str]:
    """Return how pretalx is configured: as its documentation says for production."""
    url = make_url(address)
    return {
        "PRETALX_DB_TYPE": "postgresql",
        "PRETALX_DB_NAME": NAME,
        "PRETALX_DB_USER": str(url.username),
        "PRETALX_DB_PASS": str(url.password),
        "PRETALX_DB_HOST": str(url.host),
        "PRETALX_DB_PORT": str(url.port),
        "PRETALX_FILESYSTEM_MEDIA": str(PLACE / "media"),
        "PRETALX_FILESYSTEM_STATIC": str(PLACE / "static"),
        "PRETALX_FILESYSTEM_LOGS": str(PLACE / "logs"),
        "PRETALX_SITE_URL": URL,
        "DJANGO_SUPERUSER_EMAIL": "operator@mau.example",
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
        "PRETALX_INIT_ORGANISER_NAME": "Sample",
        "PRETALX_INIT_ORGANISER_SLUG": "sample",
        "DJANGO_SETTINGS_MODULE": "pretalx.settings",
    }


def run(environment: dict[str, str], *words: str) -> str:
    """Run one of its commands; return what it said."""
    command = [PYTHON, "-m", "pretalx", *words]
    done = subprocess.run(
        command, env=environment, cwd=PLACE, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"pretalx {words[0]}: {done.stdout[-500:]} {done.stderr[-2000:]}")
    return done.stdout


def wait(patience: float = 60) -> None:
    """Wait until it answers."""
    deadline = time.monotonic() + patience
    http = urllib3.PoolManager(retries=False)
    while True:
        try:
            if http.request("GET", f"{URL}/{EVENT}/", timeout=10).status == HTTPStatus.OK:
                return
        except urllib3.exceptions.HTTPError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.3)


def reader(path: str, cookies: str = "") -> Callable[[], None]:
    """Return what reads a page once more, whole."""
    line = Line(URL, {"Cookie": cookies} if cookies else {})

    def read() -> None:
        if EVENT.encode() not in line.get(path):
            raise RuntimeError(f"{path} is another page.")

    return read


def submitter(peer: Peer) -> Callable[[], None]:
    """Return what submits once more by the API: a file, a submission, the file as its answer."""
    line = Line(URL, {"Authorization": f"Token {peer.token}"})
    document = EVIDENCE.read_bytes()
    api = f"/api/events/{EVENT}"

    def post(path: str, body: dict[str, object]) -> dict[str, object]:
        found = line.send("POST", path, json.dumps(body).encode(), Content_Type="application/json")
        return dict(json.loads(found))

    def submit() -> None:
        name = f'attachment; filename="{EVIDENCE.name}"'
        said = line.send(
            "POST", "/api/upload/", document,
            Content_Type="application/pdf", Content_Disposition=name,
        )  # fmt: skip
        file = json.loads(said)["id"]
        what = {"title": "Sample", "abstract": "A sample.", "content_locale": "en"}
        made = post(f"{api}/submissions/", what | {"submission_type": peer.kind})
        answer = {"question": peer.question, "submission": made["code"], "answer": EVIDENCE.name}
        post(f"{api}/answers/", answer | {"answer_file": file})

    return submit
