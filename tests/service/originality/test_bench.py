"""What a search costs on an installation is measured among its own texts, and changes nothing."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from kernel.operate import group
from services.originality.operating import bench
from services.originality.store.postings import tables
from services.originality.store.tables import TextRow
from tests.service.originality.conftest import Contest
from tests.unit.originality.disguise import paragraphs
from tests.unit.originality.disguise import text as written

pytestmark = pytest.mark.slow
STAGES = ["trip", "read", "prepare", "search", "ideas"]


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(group, ["originality", "bench", *arguments])
    return done.exit_code, done.stdout


def rows(contest: Contest) -> list[int]:
    kinds = (TextRow, tables.FreshTextRow, tables.ManifestRow)
    return [contest.bench.rows(select(func.count()).select_from(kind))[0] for kind in kinds]


def test_every_stage_is_timed_and_nothing_is_written(contest: Contest):
    contest.know("SK-1", paragraphs("hen_gio")[2])
    contest.submit("e-1", written("hen_gio"))
    before = rows(contest)

    status, said = run("--tenant", "hau-giang", "--json")

    found = json.loads(said)
    assert (status, found["texts"], found["looked for"]) == (0, 2, 2)
    assert list(found["ms"]) == STAGES
    assert all(0 < figures["p50"] <= figures["p99"] for figures in found["ms"].values())
    assert rows(contest) == before


def test_table_tells_how_much_there_is(contest: Contest):
    contest.know("SK-1", paragraphs("hen_gio")[2])

    status, said = run("--texts", "1")

    assert status == 0
    head, *lines = said.splitlines()
    assert head.startswith("hau-giang: 1 văn bản, chỉ mục phiên bản ")
    assert [line.strip().split("  ")[0] for line in lines] == [*bench.STAGES.values()]


@pytest.mark.usefixtures("contest")
def test_tenant_without_texts_has_no_times():
    status, said = run("--json")

    assert status == 0
    assert json.loads(said)["ms"] == {}


@pytest.mark.usefixtures("contest")
def test_unknown_tenant_is_told():
    status, _ = run("--tenant", "nowhere")

    assert status == 2
