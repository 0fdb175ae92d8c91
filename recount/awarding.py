"""The checks of awarding: lists from the tables, approvals, results, revocations, papers."""

from collections.abc import Generator

from recount.kit import DoesNotFollow, Json, need
from recount.prizes import Council, Lines, draw
from recount.record import MOVES, Record
from recount.scoring import Values, exact, number, read


def check_prizes(record: Record, values: Values) -> Generator[tuple[str, str], None, Lines]:
    """Lists follow from the tables; what is published was approved; returns what stands."""
    record.check("council", "results")
    council, approved, submitted, published = Council(), set[str](), False, False
    proposed: Lines | None = None
    standing: Lines = {}
    for event in record.of(*MOVES):
        match event["type"]:
            case "RoundClosed" | "ContestAmended" if not published:
                council, proposed = Council(), None
            case "TieResolved":
                council.votes.append(event["order"])
            case "CouncilDecided":
                council.decide(event["prize"], event["count"], event["entry_ids"])
            case "PrizesProposed":
                proposed, approved, submitted = as_said(event["lines"]), set(), False
                check_list(proposed, event, record, values, council)
                yield "prizes", f"{len(proposed)} prizes follow from the marks"
            case "PrizesSubmitted":
                submitted = True
            case "PrizesReturned":
                proposed = None
            case "PrizesApproved":
                approved.add(event["authority"])
            case "AwardRevoked":
                check_revoked(event, record, standing)
            case "ResultsRevised" if proposed is None:
                lost, revoked = set(event["lost"]), record.revoked(event["at"])
                is_loss = not event["changed"] and lost <= set(standing) & revoked
                need("results", is_loss, f"revision {event['revision']} was never proposed")
                standing = {entry: one for entry, one in standing.items() if entry not in lost}
            case "ResultsPublished" | "ResultsRevised" as move:
                need("approval", proposed is not None, "there is no list that stands")
                awarding = record.rules_at(event["at"])["awarding"]
                need("approval", submitted or not awarding["submission"], "it was never submitted")
                need("results", published == (move == "ResultsRevised"), "are published once")
                check_published(event, record, standing, proposed or {}, approved)
                standing, published, proposed = proposed or {}, True, None
                yield "results", f"{len(standing)} prizes published as approved"
        check_money(event, record)
    return standing


def as_said(lines: list[Json]) -> Lines:
    """Prize lines as an event says them."""
    found = Lines()
    for one in lines:
        score, share = number(one["score"]), number(one.get("share", "1"))
        found[one["entry_id"]] = one["prize"], score, one["rank"], share
    return found


def check_money(event: Json, record: Record) -> None:
    """A line's money is what the rules give for its prize, of a shared one its part, rounded."""
    prizes = {one["code"]: one for one in record.rules_at(event["at"])["prizes"]}
    for one in event.get("lines") or event.get("changed") or ():
        entry, prize, share = one["entry_id"], prizes[one["prize"]], number(one.get("share", "1"))
        (*_, accepted) = record.of("EntryAccepted", until=event["at"], entry_id=entry)
        of_group = prize["group_money_vnd"] if accepted["kind"] == "COLLECTIVE" else None
        due = int(((prize["money_vnd"] if of_group is None else of_group) or 0) * share)
        is_due = one.get("money_vnd") in {None, due}  # once it was not said
        need("prizes", is_due, f"{entry} gets {one.get('money_vnd')} đồng, not {due}")


def check_list(said: Lines, event: Json, record: Record, values: Values, council: Council) -> None:
    """A list is the one that the rules draw, wherever withdrawals of that minute fall."""
    rules = record.rules_at(event["at"])
    is_closed = all(one["id"] in values for one in rules["rounds"])
    need("prizes", is_closed, "were proposed before every round was closed")
    values = rejudged(record, event["at"], values)
    accepted, (out, crossing) = record.accepted(event["at"]), record.out_at(event["at"])
    # Where nobody is promoted, whose prize was taken back is ranked still, and gets nothing.
    vacant = set() if rules["awarding"]["promote_next"] else record.revoked(event["at"])
    reasons = []
    for gone in (out - vacant, (out | crossing) - vacant):
        entries = [entry for entry in values[rules["rounds"][-1]["id"]] if entry not in gone]
        try:
            drawn = draw(entries, rules, values, council, accepted)
        except (DoesNotFollow, KeyError) as error:
            reasons.append(f"cannot be drawn: {error}")
            continue
        drawn = {entry: one for entry, one in drawn.items() if entry not in vacant}
        if drawn == said:
            return
        one = min(e for e in {*drawn, *said} if drawn.get(e) != said.get(e))
        told = [" ".join(map(str, lines.get(one, ["nothing"]))) for lines in (said, drawn)]
        reasons.append(f"{one} is to get {told[0]}, by the rules {told[1]}")
    raise DoesNotFollow("prizes", reasons[0])


def rejudged(record: Record, instant: str, values: Values) -> Values:
    """Marks after a petition that was upheld replace those of the round."""
    found = {round_: dict(own) for round_, own in values.items()}
    moved = record.of("PetitionMoved", until=instant, state="UPHELD")
    upheld = {(event["petition_id"], event["entry_id"]) for event in moved}
    for event in record.of("EntryRejudged", until=instant):
        entry, line, own = event["entry_id"], event["line"], found[event["round_id"]]
        if (event["petition_id"], entry) in upheld:
            means = {"total": line["average"], **line["criteria"]}
            new = {code: exact(read(mean)) for code, mean in means.items()}
            new |= {link: number(line[link]) for link in ("highest", "firsts") if line[link]}
            own[entry] = {**own[entry], **new}
    return found


def check_published(event: Json, record: Record, old: Lines, new: Lines, by: set[str]) -> None:
    """Results are the list proposed, approved `by` whoever grants a prize that is new or lost."""
    had, have = ({(entry, one[0]) for entry, one in lines.items()} for lines in (old, new))
    given = {entry: new[entry] for entry, _ in have - had}
    lost = {entry for entry, _ in had - have}
    grants = {one["code"]: one["authority"] for one in record.rules_at(event["at"])["prizes"]}
    silent = {grants[prize] for _, prize in had ^ have} - by
    need("approval", not silent, f"{silent} have not approved their prizes")
    said, gone = event["lines"] if "lines" in event else event["changed"], event.get("lost", ())
    is_so = as_said(said) == given and set(gone) == lost
    need("results", is_so, f"event {event['event']} is not the list that was proposed")


def check_revoked(event: Json, record: Record, standing: Lines) -> None:
    """What is taken back was held, on a ground of the rules, and is published no longer."""
    entry, prize, at = event["entry_id"], event["prize"], event["at"]
    is_lost = any(entry in one["lost"] for one in record.of("ResultsRevised") if one["at"] >= at)
    is_held = entry not in standing or standing[entry][0] == prize
    need("revocations", is_held and is_lost, f"{entry}: {prize} was not held, or stays published")
    is_ground = event["ground"] in record.rules_at(at)["awarding"]["grounds"]
    need("revocations", is_ground, f"{entry}: {event['ground']} is no ground of the rules")


def check_papers(record: Record, standing: Lines) -> str:
    """Papers are what they were, dated in time, numbered, and revoked with the prize."""
    record.check("papers")
    query = "SELECT DISTINCT paper_id, entry_id, prize FROM Paper WHERE kind = 'CERTIFICATE'"
    revoked = {event["paper_id"] for event in record.of("PaperRevoked")}
    held = {entry: prize for entry, (prize, *_) in standing.items()}
    for id_, entry, prize in record.ask(query):
        need("papers", held.get(entry) == prize or id_ in revoked, f"{id_} outlives its prize")
    return f"of {len(held)} prizes that stand, {len(revoked)} revoked"
