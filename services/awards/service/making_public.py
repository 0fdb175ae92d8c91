"""What publication does: results kept, said and held; money due; papers that no longer hold.

Start with `make_public`, which is called once the papers are drawn up.
"""

from collections.abc import Mapping
from datetime import datetime

from msgspec import structs

from contracts import awards
from contracts.rules import Rules
from kernel.database import Work
from services.awards import store
from services.awards.domain import money
from services.awards.domain.paper import full_number
from services.awards.domain.prizes import PrizeList
from services.awards.domain.revoking import DECISION, taken_back_by
from services.awards.service.revoked import revoke_certificates
from services.awards.service.saying import described


def make_public(  # noqa: PLR0913, PLR0917  # all that publication rests on
    work: Work,
    listed: PrizeList,
    results: awards.Results,
    terms: money.Terms,
    public_from: datetime | None = None,
    annulled: Mapping[str, str] = {},  # never changed
) -> None:
    """Make a list that was just published public, and its money due by the terms.

    `results` hold the papers issued with it; `annulled` are the numbers of decisions that do no
    more than take a prize back, by the entry.
    """
    contest_id = results.contest_id
    entries = store.load_entries(work.session, contest_id)
    codes = store.load_codes(work.session, contest_id)
    winners = tuple(
        structs.replace(
            winner, entry_id=line.entry_id, code=codes.get(line.entry_id, ""), rank=line.rank
        )
        for winner, line in zip(results.winners, listed.lines or (), strict=True)
    )
    results = structs.replace(results, winners=winners, revision=listed.revision)
    kinds = {entry_id: entry.kind for entry_id, entry in entries.items()}
    if listed.revision == 1:
        publish_first(
            work, results, described(listed.lines or (), entries, terms.rules), public_from
        )
    else:
        lines = described(listed.changed, entries, terms.rules)
        publish_revised(work, listed, results, lines, annulled, terms.rules)
    store.enter_money(work.session, contest_id, money.due(listed.changed, terms, kinds))
    again = money.reshared(listed.before, listed.lines or ())
    store.enter_money(work.session, contest_id, money.due_anew(again, terms, kinds))


def publish_first(
    work: Work,
    results: awards.Results,
    lines: tuple[awards.PrizeLine, ...],
    public_from: datetime | None,
) -> None:
    """Keep the first results, and say so now or at the instant they are public from."""
    said = awards.ResultsPublished(
        contest_id=results.contest_id, lines=lines, papers=results.papers
    )
    since = max(public_from or work.now, work.now)
    results = structs.replace(results, published_at=since)
    if since > work.now:
        store.hold_results(work.session, results, since, said)
        return
    store.hold_results(work.session, results, since, None)
    work.announce(said)


def publish_revised(  # noqa: PLR0913, PLR0917  # as above
    work: Work,
    listed: PrizeList,
    results: awards.Results,
    changed: tuple[awards.PrizeLine, ...],
    annulled: Mapping[str, str],
    rules: Rules,
) -> None:
    """Put a revision in the place of the results so far, but for papers that still hold.

    Certificates of lines that no longer hold are revoked, and their money recalled; the contest's
    money of lines whose part of a prize is another now is recalled too, and due anew.
    """
    contest_id = results.contest_id
    before = store.load_published(work.session, contest_id)
    decisions = {
        one.authority: full_number(one.number, one.symbol)
        for one in results.papers
        if one.kind == "DECISION"
    }
    entered = store.load_money(work.session, contest_id)
    for line in listed.lost:
        decision = annulled.get(line.entry_id) or taken_back_by(line, decisions, rules)
        revoke_certificates(work, contest_id, (line,), before.papers, decision)
        basis = f"{DECISION}{decision}"
        recalled = money.recall(entered, line.entry_id, basis, work.now)
        store.enter_money(work.session, contest_id, recalled)
    for line in money.reshared(listed.before, listed.lines or ()):
        basis = f"{DECISION}{taken_back_by(line, decisions, rules)}"
        recalled = money.recall(entered, line.entry_id, basis, work.now, ("CONTEST",))
        store.enter_money(work.session, contest_id, recalled)
    revised = structs.replace(
        results,
        published_at=before.published_at,
        revised_at=work.now,
        papers=(*holding(work, before.papers), *results.papers),
    )
    keep_revised(work, revised)
    work.announce(
        awards.ResultsRevised(
            contest_id=contest_id,
            revision=listed.revision,
            changed=changed,
            lost=tuple(line.entry_id for line in listed.lost),
            papers=results.papers,
        )
    )


def keep_revised(work: Work, revised: awards.Results) -> None:
    """Keep revised results in the place of the earlier ones."""
    store.hold_results(work.session, revised, revised.published_at, None)


def holding(work: Work, papers: tuple[awards.Paper, ...]) -> tuple[awards.Paper, ...]:
    """Leave out papers that were revoked."""
    gone = store.revoked_papers(work.session, [one.paper_id for one in papers])
    return tuple(one for one in papers if one.paper_id not in gone)
