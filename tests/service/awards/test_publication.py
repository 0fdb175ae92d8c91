"""Results around the instant they become public, and what of them does."""

from datetime import timedelta

import pytest

from contracts import awards
from contracts.rules import Publishing
from kernel.testing import Rejected
from tests.service.awards.conftest import CONTEST, NOVEMBER, SECRETARY

LATER = NOVEMBER + timedelta(days=1)
MOMENT = timedelta(microseconds=1)


def test_nothing_is_public_before_the_instant_and_everything_from_it_on(approved):
    decision, certificate, *_ = approved.publishes(public_from=LATER)
    bench = approved.bench
    asked = (
        awards.ShowResults(contest_id=CONTEST),
        awards.ShowOpenResults(contest_id=CONTEST),
    )
    link = awards.LinkPaper(paper_id=decision.paper_id, format="pdf")

    for question in asked:
        with pytest.raises(Rejected, match="NotPublished"):
            bench.ask(question, now=LATER - MOMENT)
        assert bench.ask(question, now=LATER)
    with pytest.raises(Rejected, match="Forbidden"):
        bench.ask(link, now=LATER - MOMENT)
    assert bench.ask(link, now=LATER)
    assert bench.ask(link, actor=SECRETARY, now=LATER - MOMENT)
    bench.tick("tell_results_due", now=LATER - MOMENT)
    assert approved.said(awards.ResultsPublished) == []
    for _ in range(2):
        bench.tick("tell_results_due", now=LATER)
    (said,) = approved.said(awards.ResultsPublished)
    assert said.papers[1] == certificate


def test_what_a_certificate_is_for_is_not_told_before_the_instant_either(approved):
    _, certificate, *_ = approved.publishes(public_from=LATER)
    bench, asked = approved.bench, awards.ShowPaperState(paper_id=certificate.paper_id)

    before = bench.ask(asked, now=LATER - MOMENT, reply=awards.PaperState)
    listed = bench.ask(awards.ShowPaperRegister(), now=LATER - MOMENT)
    after = bench.ask(asked, now=LATER, reply=awards.PaperState)

    assert (before.state, before.about) == ("VALID", "")
    assert "Sáng kiến e-1" not in str(listed)
    assert "Sáng kiến e-1" in after.about


def test_open_data_has_the_fields_of_the_rules_and_no_person(approved):
    approved.publishes()
    names = ("Nguyễn Thị Hồng Nhung", "p1", "p2")
    everything = approved.results()
    assert names[0] in str(everything)

    approved.amends(publishing=Publishing(fields=("code", "title", "prize", "score")))

    shown = approved.results()
    assert shown.fields == ("code", "title", "prize", "score")
    assert shown.rows[0] == ("HG-e-1", "Sáng kiến e-1", "Giải Nhất", "91.25")
    results = approved.bench.ask(awards.ShowResults(contest_id=CONTEST), now=NOVEMBER)
    for name in names:
        assert name not in str(shown)
        assert name not in str(results["winners"])
