"""Two provinces over HTTP and the broker: a band and a contact pass between them, and no words."""

import json
import logging
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from amqp.exceptions import NotFound
from kombu import Connection
from sqlalchemy import create_engine, text

from contracts import originality
from kernel import schema
from kernel.database import Database
from kernel.objects import Bucket
from kernel.settings import KernelSettings, load
from kernel.testing import TENANT, Rejected, actor
from services.gateway.accounts import Accounts
from services.gateway.domain import Account
from services.originality.service import OriginalityService
from tests.service.originality.conftest import Contest
from tests.unit.originality.builders import some_rules
from tests.unit.originality.disguise import paragraphs
from tests.unit.originality.disguise import text as text_named
from tests.unit.originality.leaks import leaked

pytestmark = pytest.mark.slow

THEIRS, OURS = " ".join(paragraphs("hen_gio")), text_named("kho_giay")
WORDS = THEIRS.split()
COPY = f"{OURS}\n\n{' '.join(WORDS[40:240])}"  # 200 of their words in a text of ours
KEY = secrets.token_hex(32)
OFFICE = "Phòng Cải cách hành chính, Sở Nội vụ"
LEAKY = " ".join(WORDS[60:70])  # an office whose very name tells words of theirs
SECRETARY = actor("secretary", id="s-1")


@dataclass
class Province:
    """The province that answers: its gateway, its tenant, its client for us, and its logs."""

    url: str
    tenant: str
    client: str
    secret: str
    logs: tuple[Path, ...]
    accounts: Accounts
    organiser: str  # the token of an organiser's sign-in
    begun: tuple[int, ...] = (0, 0)

    def said(self) -> str:
        """Return what the logs have said since the test began."""
        logs = zip(self.logs, self.begun, strict=True)
        return "\n".join(path.read_bytes()[begun:].decode() for path, begun in logs)


@contextmanager
def running(service: str, environment: dict[str, str], log: Path) -> Iterator[None]:
    """Run a service with all it says going to a file."""
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "kernel.runner", service],
            env=os.environ | environment, stdout=file, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def forget_events(url: str) -> None:
    """Empty originality's queues of what earlier tests have said, of papers that are gone."""
    handlers = (getattr(one, "handler", None) for one in vars_of(OriginalityService))
    with Connection(url) as connection:
        for handler in filter(None, handlers):
            with suppress(NotFound), connection.channel() as channel:
                channel.queue_purge(f"originality.{handler.name}")


def vars_of(kind: type) -> Iterator[object]:
    return (getattr(kind, name) for name in dir(kind))


def wait_for(ready: Callable[[], bool], logs: Iterable[Path]) -> None:
    """Wait until something is so; whoever keeps it waiting has said why in the logs."""
    deadline = time.monotonic() + 240
    while not ready():
        assert time.monotonic() < deadline, [path.read_text() for path in logs]
        time.sleep(0.2)


def answers(url: str) -> bool:
    """Say whether anybody is there."""
    try:
        httpx.get(f"{url}/health")
    except httpx.TransportError:
        return False
    return True


def agreed(office: str, **partner: object) -> dict[str, object]:
    agreement = {"key": KEY, "pace": {"a_day": 500, "a_minute": 500}, **partner}
    return {
        "contact": {"office": office, "email": "cchc@example.vn", "phone": "0293 000 000"},
        "secret": secrets.token_hex(32),
        "partners": [agreement],
    }


@pytest.fixture(scope="module")
def provinces(servers, clock, tmp_path_factory) -> Iterator[dict[str, Province]]:
    """Run a gateway and originality for two provinces, by office; each knows one initiative."""
    door, told = servers.env("gateway"), servers.env("originality")
    for service, environment in (("gateway", door), ("originality", told)):
        schema.migrate(service, environment["DATABASE_URL"])
    forget_events(told["AMQP_URL"])
    database = Database()
    database.connect(load(KernelSettings, door), wake=lambda: None)
    accounts, folder = Accounts(database), tmp_path_factory.mktemp("provinces")
    logs = (folder / "originality.log", folder / "gateway.log")
    url = f"http://127.0.0.1:{free_port()}"
    there = {office: settled(accounts, url, logs) for office in (OFFICE, LEAKY)}
    exchange = {
        one.tenant: agreed(office, province="hau-giang", client=one.client)
        for office, one in there.items()
    }
    quiet = {"HEALTH_PORT": "0", "LOG_LEVEL": "DEBUG"}
    told |= quiet | {"EXCHANGE": json.dumps(exchange)}
    door |= quiet | {"HTTP_PORT": url.rpartition(":")[2], "CLOCK_FILE": str(clock)}
    with running("originality", told, logs[0]), running("gateway", door, logs[1]):
        wait_for(lambda: answers(url) and '"started"' in logs[0].read_text(), logs)
        for one in there.values():
            know(one)
        yield there
    database.stop()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def settled(accounts: Accounts, url: str, logs: tuple[Path, ...]) -> Province:
    """Make the accounts of a province nobody has heard of: an organiser's, a client's for us."""
    tenant, client = f"tinh-{secrets.token_hex(6)}", secrets.token_hex(16)
    scopes = frozenset({"exchange:ask"})
    account = Account(client, "CLIENT", client, frozenset({"client"}), scopes=scopes)
    secret = accounts.issue(tenant, account)
    organiser = Account(secrets.token_hex(16), "PERSON", "organiser", frozenset({"organiser"}))
    password = accounts.issue(tenant, organiser)
    token = accounts.sign_in(tenant, "organiser", password).token
    return Province(url, tenant, client, secret, logs, accounts, token)


@pytest.fixture
def province(provinces, request) -> Province:
    """Return the province that answers; its logs begin with the test."""
    province = provinces[getattr(request, "param", OFFICE)]
    province.begun = tuple(path.stat().st_size for path in province.logs)
    return province


def know(there: Province) -> None:
    """Put their initiative into their register and wait until it can be asked about."""
    sheet = f'code,title,unit,scope,summary\nSK-1,Hẹn giờ,Sở Tư pháp,PROVINCE,"{THEIRS}"\n'
    path = f"{there.url}/v1/initiatives/imports?register=TINH"
    # The first text warms the engine up; asked again under this key, nothing is done twice.
    key = {"Idempotency-Key": secrets.token_hex(16)}

    def is_known() -> bool:
        headers = {"Authorization": f"Bearer {there.organiser}"} | key
        answer = httpx.post(path, content=sheet.encode(), headers=headers, timeout=60)
        assert answer.status_code in (201, 504), answer.text
        return answer.status_code == 201

    wait_for(is_known, there.logs)


@pytest.fixture
def asker(service_bench, servers, province):
    """Return a contest of ours in which e-1 repeats 200 words of their initiative."""
    partner = {
        "province": "tinh-ban",
        "url": province.url,
        "tenant": province.tenant,
        "client_id": province.client,
        "client_secret": province.secret,
    }
    exchange = json.dumps({TENANT: agreed("Sở Nội vụ", **partner)})
    bench = service_bench(OriginalityService, EXCHANGE=exchange)
    files = Bucket()
    files.connect(load(KernelSettings, servers.env("intake")))
    contest = Contest(bench, files, some_rules())
    contest.open()
    contest.submit("e-1", COPY)
    contest.submit("e-2", OURS)
    return contest


def ask(contest: Contest, entry_id: str, *, until: str = "") -> dict[str, object]:
    """Ask about an entry; their keys may take a few seconds."""
    asked = originality.AskProvince(entry_id=entry_id, province="tinh-ban")
    deadline = time.monotonic() + 120
    while True:
        answer = contest.bench.ask(asked, actor=SECRETARY)
        if not until or answer["band"] == until or time.monotonic() > deadline:
            return answer
        time.sleep(0.5)


def test_planted_copy_is_told_as_a_band_and_no_words_pass(asker, province, caplog, servers):
    caplog.set_level(logging.DEBUG)

    copied = ask(asker, "e-1", until="MEDIUM")
    own = ask(asker, "e-2")

    kept = kept_by(servers, province.tenant)
    heard = json.dumps([copied, own], ensure_ascii=False)
    assert (copied["band"], own["band"]) == ("MEDIUM", "NONE")
    assert copied["contact"]["office"] == OFFICE
    assert leaked(heard + caplog.text, THEIRS) == set()
    assert leaked(province.said() + kept, OURS, COPY) == set()
    assert leaked(province.said(), THEIRS) == set()
    assert "exchange/comparisons" in caplog.text
    assert "ANSWERED" in kept


@pytest.mark.parametrize("province", [LEAKY], indirect=True)
def test_leak_on_the_very_way_of_an_answer_would_be_seen(asker):
    answer = ask(asker, "e-1")

    assert leaked(json.dumps(answer, ensure_ascii=False), THEIRS) != set()


def test_answer_on_the_wire_is_a_band_and_a_contact(province):
    form = {"grant_type": "client_credentials", "scope": "exchange:ask"}
    who = (province.client, province.secret)
    tenant = {"X-Tenant": province.tenant}
    token = httpx.post(f"{province.url}/v1/token", data=form, auth=who, headers=tenant).json()
    signed_in = {"Authorization": f"Bearer {token['access_token']}"}
    path = f"{province.url}/v1/exchange/comparisons"
    question = {"fingerprints": [f"{value:016x}" for value in range(64)]}

    answered = httpx.post(path, json=question, headers=signed_in)
    too_few = httpx.post(path, json={"fingerprints": ["0" * 16]}, headers=signed_in)
    nobody = httpx.post(path, json=question)

    assert answered.json() == {
        "band": "NONE",
        "contact": {"office": OFFICE, "email": "cchc@example.vn", "phone": "0293 000 000"},
    }
    assert (answered.status_code, too_few.status_code, nobody.status_code) == (200, 422, 401)
    assert too_few.json()["detail"] == "Câu hỏi phải có ít nhất 64 dấu vân khác nhau."


def test_client_without_the_scope_is_not_answered(province):
    client = secrets.token_hex(16)
    account = Account(
        client, "CLIENT", client, frozenset({"client"}), scopes=frozenset({"entries:read"})
    )
    secret = province.accounts.issue(province.tenant, account)
    form = {"grant_type": "client_credentials"}
    tenant = {"X-Tenant": province.tenant}
    token = httpx.post(
        f"{province.url}/v1/token", data=form, auth=(client, secret), headers=tenant
    ).json()

    answer = httpx.post(
        f"{province.url}/v1/exchange/comparisons",
        json={"fingerprints": [f"{value:016x}" for value in range(64)]},
        headers={"Authorization": f"Bearer {token['access_token']}"},
    )

    assert answer.status_code == 403
    assert 'error="insufficient_scope"' in answer.headers["www-authenticate"]


def test_province_that_is_out_or_refuses_is_named(asker, province):
    service = asker.bench.service
    whole = service.settings.exchange
    elsewhere = whole.replace(province.url, "http://127.0.0.1:9")
    wrong = whole.replace(province.secret, "sai")
    codes = []

    for exchange in (elsewhere, wrong):
        service.settings = type(service.settings)(exchange=exchange, exchange_seconds=5)
        with pytest.raises(Rejected) as refused:
            ask(asker, "e-1")
        codes.append(refused.value.code)

    assert codes == ["ProvinceSilent", "ProvinceRefuses"]


def kept_by(servers, tenant: str) -> str:
    """Return all that the answering service keeps of questions: its record and its requests."""
    engine = create_engine(servers.env("originality")["DATABASE_URL"])
    with engine.begin() as connection:
        connection.execute(text("SELECT set_config('app.tenant', :t, true)"), {"t": tenant})
        kept = [
            str(row)
            for table in ("comparison", "request", "inbox", "outbox", "keyed_fingerprint")
            for row in connection.execute(text(f"SELECT * FROM {table}"))  # noqa: S608
        ]
    engine.dispose()
    return "\n".join(kept)
