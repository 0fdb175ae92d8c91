"""Postings are made anew from the texts, on an index in use, and after a cut from where it was."""

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, func, select, update

from kernel.database import Origin
from kernel.operate import group
from kernel.testing import TENANT
from services.originality.engine.masks import VERSION
from services.originality.operating import kept, reindex
from services.originality.store.postings import tables
from services.originality.store.tables import TextRow
from tests.service.originality.conftest import Contest
from tests.unit.originality.disguise import paragraphs
from tests.unit.originality.disguise import text as written

OWN, OTHER = written("hen_gio"), written("kho_giay")
SUMMARY = paragraphs("hen_gio")[2]


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(group, ["originality", "reindex", *arguments])
    return done.exit_code, done.stdout


def lose(contest: Contest) -> None:
    """Empty the index, as a text read in an older way might as well not be in it."""
    with contest.bench.database.work(Origin.own("originality", TENANT)) as work:
        work.session.execute(delete(tables.FreshTextRow))


def test_texts_are_found_again(contest: Contest):
    contest.know("SK-1", SUMMARY)
    contest.submit("e-1", OWN)
    lose(contest)

    said = run()

    contest.submit("e-2", OWN)
    assert said == (0, "hau-giang: 2 texts made anew\n")
    assert set(contest.told[-1][2]) == {"e-1", "SK-1"}


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (("--contest", "HG-2022"), {"e-1"}),
        (("--register", "TINH"), {"SK-1"}),
        (("--text", "SK-1"), {"SK-1"}),
        (("--text", "e-1", "--tenant", "hau-giang"), {"e-1"}),
    ],
)
def test_only_the_chosen_texts_are_made_anew(contest: Contest, chosen, found):
    contest.know("SK-1", SUMMARY)
    contest.submit("e-1", OWN)
    lose(contest)

    assert run(*chosen) == (0, "hau-giang: 1 texts made anew\n")

    contest.submit("e-2", OWN)
    assert set(contest.told[-1][2]) == found


def test_what_is_made_anew_twice_is_there_once(contest: Contest):
    contest.submit("e-1", OWN)
    before = count(contest)

    run()
    run()

    assert count(contest) == before


def count(contest: Contest) -> int:
    with contest.bench.database.work(Origin.own("originality", TENANT)) as work:
        query = select(func.count()).select_from(tables.FreshTextRow)
        return work.session.scalar(query) or 0


def test_what_a_text_leaves_out_is_made_anew(contest: Contest):
    contest.submit("e-1", written("dan_luat"))
    of_entry = select(TextRow.left_out).where(TextRow.source_id == "e-1")
    (before,) = contest.bench.rows(of_entry)
    with contest.bench.database.work(Origin.own("originality", TENANT)) as work:
        work.session.execute(update(TextRow).values(left_out=b"of an older version"))

    run()

    assert before.startswith(VERSION)
    assert contest.bench.rows(of_entry) == [before]


def test_after_a_cut_it_goes_on_where_it_was(contest: Contest, monkeypatch):
    for number, body in enumerate((OWN, OTHER, SUMMARY), 1):
        contest.submit(f"e-{number}", body)
    monkeypatch.setattr(reindex, "BATCH", 1)
    read = kept.engine.prepare
    calls = []

    def cut(body: bytes) -> bytes:
        calls.append(body)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return read(body)

    monkeypatch.setattr(kept.engine, "prepare", cut)
    run()

    assert run() == (0, "hau-giang: 2 texts made anew\n")
    assert len(calls) == 4


def test_unknown_tenant_is_said(contest: Contest):
    contest.submit("e-1", OWN)

    done = CliRunner().invoke(group, ["originality", "reindex", "--tenant", "hau-gian"])

    assert done.exit_code == 2
    assert "There is no tenant hau-gian." in done.output
