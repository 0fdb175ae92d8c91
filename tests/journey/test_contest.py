"""The Hậu Giang 2022 contest played once over the HTTP API; each test looks at what came of it."""

import email
import email.policy
import json
import subprocess
import sys
import zipfile
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import inspect, text

from demo.acts import ROOT
from demo.api import Api, ApiRefused
from demo.stage import OPERATOR, TENANT
from deploy.local.instance import SERVICES
from tests.bookkeeping import mails_by_id, recorded, settled_books, tables_of

pytestmark = [pytest.mark.slow, pytest.mark.stack]

ELSEWHERE = "so-khac"
YAML = {"Content-Type": "application/yaml"}


@pytest.fixture(scope="module")
def books(stack, stage):
    """Read what the services' tables say when nothing is on its way any more."""
    del stage
    return settled_books(stack)


@pytest.fixture(scope="module")
def papers(stage):
    return ROOT / ".local" / stage.stack.name / "papers"


def test_the_prizes_are_those_the_marks_lead_to(stage):
    designed = [(won.prize, won.entry, won.final) for won in stage.cast.expected.prizes]

    given = [
        (line["prize"], stage.number_of[line["entry_id"]], Decimal(line["score"]))
        for line in stage.prizes
    ]

    assert sorted(given) == sorted(designed)
    assert Counter(prize for prize, *_ in given) == {
        "NHAT": 1,
        "NHI": 1,
        "BA": 2,
        "KHUYEN_KHICH": 4,
    }


def test_every_paper_is_there_as_pdf_and_as_docx(papers):
    pdfs, docxs = sorted(papers.glob("*.pdf")), sorted(papers.glob("*.docx"))

    assert [path.stem for path in pdfs] == [path.stem for path in docxs]
    assert len(pdfs) == 2 + 8
    assert all(path.read_bytes().startswith(b"%PDF-") for path in pdfs)
    assert all("word/document.xml" in zipfile.ZipFile(path).namelist() for path in docxs)


def test_everybody_who_takes_part_has_mail_and_every_letter_came_once(stage, books):
    del books  # nothing is on its way any more
    people = {
        person.email
        for person in stage.cast.people
        if set(person.roles) & {"entrant", "judge"} and person.id != "du-thi-20"
    }

    written = Counter()
    for path in stage.stack.addresses.mail_dir.glob("*.eml"):
        letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        written[letter["To"].addresses[0].addr_spec] += 1

    assert people <= written.keys()
    assert set(mails_by_id(stage.stack).values()) == {1}


def test_the_one_stop_shop_heard_of_its_entries_once_and_signed(stage):
    heard = [(said["type"], json.dumps(said["data"], sort_keys=True)) for said in stage.ear.heard]

    assert heard
    assert stage.ear.forged == 0
    assert max(Counter(heard).values()) == 1


def test_the_ledger_holds_every_event_of_every_other_service_once(stack, books):
    assert recorded(stack) == books.to_record


def test_the_chain_is_whole_and_a_changed_copy_is_found_out(stack, papers):
    environment = stack.env("ledger")

    whole = sangkien(environment, "ledger", "verify")
    broken = sangkien(environment, "ledger", "verify", str(papers / "so-cai.jsonl"))

    assert (whole.returncode, broken.returncode) == (0, 1)


def test_every_event_is_sent_and_heard_once_by_each_who_hears_it(books):
    assert books.faults == {}
    assert len(books.announced) > 400
    assert books.effects > len(books.announced)


def test_every_command_was_answered(books):
    assert {service for service, ids in books.requests.items() if ids} == {
        "intake",
        "originality",
        "review",
        "awards",
        "notify",
    }


@pytest.fixture(scope="module")
def operator(stage):
    with closing(Api(stage.stack.addresses.http_url)) as api:
        yield api.sign_in(OPERATOR, stage.passwords[OPERATOR])


@pytest.fixture(scope="module")
def stranger(stack, stage):
    """Sign in as an operator of another authority on the same platform."""
    del stage
    sangkien(
        stack.env("gateway"), "account", "add", "nguoi-la", "--tenant", ELSEWHERE,
        "--roles", "operator,organiser,secretary,entrant", "--password-stdin",
        said="mat-khau-rat-dai",
    )  # fmt: skip
    with closing(Api(stack.addresses.http_url)) as api:
        api.http.headers["X-Tenant"] = ELSEWHERE
        yield api.sign_in("nguoi-la", "mat-khau-rat-dai")


def test_another_tenant_finds_none_of_it_over_the_api(stage, operator, stranger):
    entry = stage.entry_ids[stage.cast.expected.prizes[0].entry]
    paths = [
        f"{stage.contest}/prizes",
        f"{stage.contest}/originality",
        f"{stage.contest}/deliveries",
        f"{stage.contest}/rounds/SO_KHAO",
        f"/v1/entries/{entry}",
        f"/v1/entries/{entry}/originality",
        f"{stage.contest}/entries",
    ]

    mine = {path: seen(operator, path) for path in paths}
    theirs = {path: seen(stranger, path) for path in paths}

    assert all(mine.values()), "there must be something that could leak"
    assert not any(theirs.values())


@pytest.mark.usefixtures("stage")
@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("tenant", [ELSEWHERE, "", None])
def test_the_database_shows_a_tenants_rows_to_nobody_else(stack, service, tenant):
    with tables_of(stack, service) as tables:
        names = [
            name
            for name in inspect(tables).get_table_names()
            if "tenant" in {column["name"] for column in inspect(tables).get_columns(name)}
        ]
        whole = {name: count(tables, name) for name in names}

    with tables_of(stack, service, tenant) as tables:
        shown = {name: count(tables, name) for name in names}

    assert any(whole.values()), "there must be something that could leak"
    assert shown == dict.fromkeys(names, 0)


def test_a_repeated_request_gets_the_first_reply_and_another_under_its_key_is_refused(
    stack, stage, stranger
):
    stack.set_clock(datetime(2022, 7, 10, 3, 0, tzinfo=UTC))
    rules = (ROOT / stage.cast.rules).read_bytes()
    stranger.request("POST", "/v1/contests", content=rules, headers=YAML)
    entry = {
        "kind": "INDIVIDUAL",
        "group": "DOANH_NGHIEP",
        "area": "TTHC",
        "title": "Phiên chợ thủ tục",
        "summary": "Làm thủ tục tại chợ.",
        "authors": [{"full_name": "Người Lạ", "email": "nguoi-la@mau.example"}],
    }

    def draft(key, **changes):
        return stranger.post(f"{stage.contest}/entries", entry | changes, key=key)["entry_id"]

    first = draft("nop-lan-dau")

    assert draft("nop-lan-dau") == first
    assert draft("nop-lan-hai") != first
    with pytest.raises(ApiRefused, match="RequestIdReused"):
        draft("nop-lan-dau", title="Phiên chợ khác")
    assert draft("nop-lan-dau") == first


def count(tables, name):
    """Return how many rows of the contest's tenant a connection sees."""
    rows = text(f'SELECT count(*) FROM "{name}" WHERE tenant = :tenant')  # noqa: S608
    return tables.scalar(rows, {"tenant": TENANT})


def seen(api, path):
    """Return what a caller is shown; nothing where there is nothing for them."""
    try:
        return api.get(path)
    except ApiRefused as refused:
        if refused.status in (403, 404):
            return None
        raise


def sangkien(environment, *arguments, said=None):
    return subprocess.run(
        [sys.executable, "-m", "kernel.operate", *arguments],
        env=environment, input=said, capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
