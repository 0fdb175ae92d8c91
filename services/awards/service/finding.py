"""Published initiatives by their words, and papers by what somebody has of them."""

from contracts import awards
from kernel.database import Work
from kernel.messaging import query
from services.awards import store
from services.awards.domain.finding import bare_number, find
from services.awards.domain.paper import full_number
from services.awards.service.checking import state_of
from services.awards.service.publication import is_public, shown

MOST_LINES = 100
MOST_PAPERS = 50


class Finding:
    """Answers to anybody, about what is public already."""

    @query
    def list_published(
        self, _asked: awards.ListPublished, work: Work
    ) -> tuple[awards.PublishedContest, ...]:
        """List the contests with public results."""
        return tuple(
            awards.PublishedContest(
                contest_id=results.contest_id,
                title=results.contest_title,
                published_at=results.published_at,
                winners=len(results.winners),
            )
            for results in store.load_public(work.session, work.now)
        )

    @query
    def search_published(self, asked: awards.SearchPublished, work: Work) -> awards.PublishedFound:
        """Look for initiatives, the newest contest first."""
        lines = [
            line
            for results in store.load_public(work.session, work.now, asked.contest_id)
            for line in lines_of(results, work)
        ]
        found = find(lines, asked.words, lambda line: line.title, text_of)
        first = max(asked.first, 0)
        most = min(max(asked.most, 1), MOST_LINES)
        return awards.PublishedFound(total=len(found), lines=tuple(found[first : first + most]))

    @query
    def find_papers(self, asked: awards.FindPapers, work: Work) -> tuple[awards.PaperState, ...]:
        """Find papers; without number and digest none."""
        found = store.papers_by_digest(work.session, asked.sha256.strip().lower())
        if sought := bare_number(asked.number):
            found += [
                one
                for one in store.load_papers(work.session)
                if one.paper.paper_id == asked.number.strip()
                or bare_number(full_number(one.paper.number, one.paper.symbol)) == sought
            ]
        some = found[:MOST_PAPERS]
        public = {one for one in {each.contest_id for each in some} if is_public(work, one)}
        return tuple(state_of(one, is_public=one.contest_id in public) for one in some)


def lines_of(results: awards.Results, work: Work) -> list[awards.PublishedInitiative]:
    """Return the winners of a contest whose titles are public."""
    rules = store.load_rules(work.session, results.contest_id)
    winners = [shown(one, rules) for one in results.winners]
    return [
        awards.PublishedInitiative(
            contest_id=results.contest_id,
            contest_title=results.contest_title,
            published_at=results.published_at,
            title=one.title,
            prize_name=one.prize_name,
            authors=one.authors,
            unit=one.unit,
        )
        for one in winners
        if one.title
    ]


def text_of(line: awards.PublishedInitiative) -> str:
    """Return what the words are looked for in."""
    return " ".join((line.title, *line.authors, line.unit or "", line.prize_name))
