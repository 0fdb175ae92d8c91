"""What anybody finds: initiatives once they are public, papers by number and by file."""

from datetime import timedelta

from contracts import awards
from tests.service.awards.conftest import CONTEST, NOVEMBER

LATER = NOVEMBER + timedelta(days=1)
EARLIER = LATER - timedelta(microseconds=1)


def test_initiatives_are_found_without_accents_once_they_are_public(approved):
    approved.publishes(public_from=LATER)
    bench, sought = approved.bench, awards.SearchPublished(words="sang kien hong nhung")

    before = bench.ask(sought, now=EARLIER, reply=awards.PublishedFound)
    after = bench.ask(sought, now=LATER, reply=awards.PublishedFound)
    second = awards.SearchPublished(first=1, most=1)
    page = bench.ask(second, now=LATER, reply=awards.PublishedFound)
    listed = bench.ask(
        awards.ListPublished(), now=LATER, reply=tuple[awards.PublishedContest, ...]
    )

    assert before == awards.PublishedFound(total=0, lines=())
    assert [line.title for line in after.lines] == ["Sáng kiến e-1"]
    assert (page.total, len(page.lines)) == (3, 1)
    assert [(one.contest_id, one.winners) for one in listed] == [(CONTEST, 3)]


def test_a_paper_is_found_by_number_and_by_its_file_and_tells_no_secret(approved):
    decision, *_ = approved.publishes(public_from=LATER)
    bench = approved.bench
    number = f"{decision.number}/{decision.symbol.lower()}"

    def find(now=LATER, **by):
        return bench.ask(awards.FindPapers(**by), now=now, reply=tuple[awards.PaperState, ...])

    by_number, early = find(number=number), find(number=number, now=EARLIER)
    by_file = find(sha256=by_number[0].sha256[-1].upper())

    assert by_number[0].paper_id == decision.paper_id
    assert by_file == by_number[:1]
    assert "Sáng kiến" not in str(early)
    assert find(number="99/QĐ-X") == find(sha256="0" * 64) == find() == ()
