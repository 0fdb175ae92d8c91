"""Where everybody stands by the marks that count; proposals and petitions read it here."""

from collections.abc import Mapping
from dataclasses import dataclass

from contracts.rules import Rules
from contracts.rules.reckoning import Place
from kernel.database import Work
from services.awards import store
from services.awards.domain import classes, prizes, ranking


@dataclass(frozen=True, slots=True)
class Standing:
    """A contest's entries, marks and finalists; new marks of upheld petitions among them.

    Entries whose prize was `revoked` keep their place where nobody moves up after them, but get
    nothing.
    """

    rules: Rules
    entries: dict[str, store.EntryRow]
    results: Mapping[str, Mapping[str, ranking.Result]]
    revoked: frozenset[str] = frozenset()

    @property
    def finalists(self) -> tuple[ranking.Candidate, ...]:
        """Return who is ranked. Raises `RoundsStillOpen`."""
        out = {entry_id for entry_id, entry in self.entries.items() if entry.is_out}
        return ranking.finalists(self.results, out - self.vacant, self.rules)

    @property
    def vacant(self) -> frozenset[str]:
        """Return whose places stay vacant: those revoked, unless the rules promote the next."""
        return frozenset() if self.rules.awarding.promote_next else self.revoked

    @property
    def kinds(self) -> dict[str, str | None]:
        """Return the kinds of entries."""
        return {entry_id: entry.kind for entry_id, entry in self.entries.items()}

    @property
    def authors(self) -> dict[str, frozenset[str]]:
        """Return the authors of entries."""
        return {id_: frozenset(map(str, one.author_ids)) for id_, one in self.entries.items()}

    def draw(self, council: prizes.Council) -> tuple[tuple[Place, ...], prizes.Outcome]:
        """Place everybody and give the prizes."""
        places, outcome = classes.draw(
            self.finalists, self.rules, council, self.kinds, self.authors
        )
        return places, prizes.vacated(outcome, self.vacant)


def standing(work: Work, rules: Rules, petition_id: str | None = None) -> Standing:
    """Gather where everybody stands; with a petition, as if its new marks counted already."""
    results = store.load_results(work.session, rules.id)
    for round_id, line in store.load_rejudged(work.session, rules.id, petition_id):
        if round_id in results:
            results[round_id][line.entry_id] = store.result_of(line)
    revoked = frozenset(one.entry_id for one in store.load_revoked(work.session, rules.id))
    return Standing(rules, store.load_entries(work.session, rules.id), results, revoked)
