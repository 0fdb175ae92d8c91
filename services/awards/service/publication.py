"""Results in public: from which instant on, and with which fields."""

from msgspec import structs

from contracts import awards
from contracts.rules import ResultField, Rules
from kernel.database import Work
from kernel.messaging import every, query
from services.awards import store


class Publication:
    """What anyone may read of results, and when they hear of them."""

    @query
    def show_results(self, asked: awards.ShowResults, work: Work) -> awards.Results:
        """Show the results to anyone, once they are public, with what the rules let be shown."""
        results = public_results(work, asked.contest_id)
        rules = store.load_rules(work.session, asked.contest_id)
        return structs.replace(
            results, winners=tuple(shown(one, rules) for one in results.winners)
        )

    @query
    def show_open_results(self, asked: awards.ShowOpenResults, work: Work) -> awards.OpenResults:
        """Show the results as rows of the fields that the rules name, and of no other."""
        results = public_results(work, asked.contest_id)
        rules = store.load_rules(work.session, asked.contest_id)
        names = {prize.code: prize.name for prize in rules.prizes}
        fields = rules.publishing.fields
        return awards.OpenResults(
            contest_id=results.contest_id,
            contest_title=results.contest_title,
            published_at=results.published_at,
            revision=results.revision,
            revised_at=results.revised_at,
            fields=fields,
            rows=tuple(tuple(written(one, field) for field in fields) for one in results.winners),
            annulled=tuple(
                awards.AnnulledPrize(prize=names[one.prize], by_decision=one.decision)
                for one in store.load_revoked(work.session, asked.contest_id)
            ),
        )

    @every(seconds=1, due=lambda work: store.tenants_held(work.session, work.now))
    def tell_results_due(self, work: Work) -> None:
        """Say that results are public once the instant they were held until has come."""
        for published in store.take_due(work.session, work.now):
            work.announce(published)


def is_public(work: Work, contest_id: str) -> bool:
    """Say whether the results of a contest are public at this instant."""
    return store.is_public(work.session, contest_id, work.now)


def public_results(work: Work, contest_id: str) -> awards.Results:
    """Return results that are public. Raises `NotPublished`."""
    if not is_public(work, contest_id):
        raise store.NotPublished
    return store.load_published(work.session, contest_id)


def shown(winner: awards.Winner, rules: Rules) -> awards.Winner:
    """Return a winner without what the rules do not make public."""
    fields = rules.publishing.fields
    return structs.replace(
        winner,
        title=winner.title if "title" in fields else "",
        authors=winner.authors if "authors" in fields else (),
        unit=winner.unit if "unit" in fields else None,
        score=winner.score if "score" in fields else None,
        code=winner.code if "code" in fields else "",
        rank=winner.rank if "rank" in fields else 0,
    )


def written(winner: awards.Winner, field: ResultField) -> str:
    """Write one field of a winner as text."""
    match field:
        case "authors":
            return "; ".join(winner.authors)
        case "prize":
            return winner.prize_name
        case "unit":
            return winner.unit or ""
        case _:
            return str(getattr(winner, field))
