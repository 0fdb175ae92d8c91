"""The checks, in the order they are made. Each raises `DoesNotFollow` or says what it found."""

from collections.abc import Iterator
from datetime import timedelta
from heapq import merge

from recount.awarding import check_papers, check_prizes
from recount.judging import check_rounds
from recount.kit import DoesNotFollow, Json, Kit, Tree, check_head, leaf_hash, need, plain, when
from recount.record import VIEWS, Record

Steps = Iterator[tuple[str, str]]
SKEW = timedelta(minutes=5)  # clocks of two machines


def verify(kit: Kit, outside: list[Json], lag: timedelta = timedelta(days=1)) -> Steps:
    """Make every check; `outside` are heads from receipts, papers, minutes, newspapers.

    What is recorded more than `lag` after it is said to have happened is taken for back-dated.
    """
    record, values = Record(), Json()
    try:
        yield "keys", f"{len(kit.keys)} public keys: {', '.join(sorted(kit.keys))}"
        yield "chain", check_chain(kit, outside, lag, record)
        record.tables.executescript(VIEWS)
        yield "rules", record.check("rules")
        yield "entries", f"{record.check('entries')}; {check_window(record)}"
        yield from check_rounds(record, values)
        standing = yield from check_prizes(record, values)
        yield "papers", check_papers(record, standing)
    except DoesNotFollow:
        raise
    except Exception as error:
        raise DoesNotFollow("form", f"what is said cannot be read: {error!r}") from error


def check_chain(kit: Kit, outside: list[Json], lag: timedelta, record: Record) -> str:
    """Every head is signed and is the root of the events before it; none is back-dated."""
    tree, signed, before = Tree(), 0, when("1970-01-01T00:00:00+00:00")
    known = merge(kit.rows("heads.jsonl"), sorted(outside, key=order), key=order)
    newest = head = next(known, None)
    for event, leaf, closed in kit.events():
        name, said = f"event {event['event']} ({event['type']})", when(event["at"])
        is_ours = event.get("contest_id") == kit.contest and event["at"] == plain(event["at"])
        need("chain", is_ours, f"{name} is of another contest, or its instant is not in UTC")
        need("back-dated", said >= before - lag, f"{name} of {said} follows a head of {before}")
        tree.add(leaf_hash(leaf))
        record.add(event, closed)
        while head and head["size"] <= tree.size:
            check_head(head, kit.keys)
            name, at = f"head of {head['size']} events", when(head["at"])
            is_ours = (head["tenant"], head["contest_id"]) == (kit.tenant, kit.contest)
            need("heads", is_ours, f"{name} is of another contest")
            is_root = head["size"] == tree.size and tree.root() == head["root"]
            need("chain", is_root, f"events up to {tree.size} do not hash to the head of {at}")
            need("heads", before <= at >= said - SKEW, f"{name} is older than what it is over")
            before, signed, newest, head = at, signed + 1, head, next(known, None)
    what = f"one from outside tells of more events than the {kit.size} of the kit"
    need("heads", not any(one["size"] > kit.size for one in outside), what)
    is_whole = (tree.size, tree.root()) == (kit.size, kit.root) and not head
    need("chain", is_whole, f"there are {tree.size} events, the kit tells of {kit.size}")
    need("heads", newest and newest["size"] == kit.size, f"none is of all {kit.size} events")
    return f"{tree.size} events under {signed} heads, {len(outside)} of them from outside"


def order(head: Json) -> tuple[int, str]:
    return head["size"], plain(head["at"])


def check_window(record: Record) -> str:
    """Entries came while the rules took them, by hand or by postmark, or had more time.

    An extension for a person names nobody in a kit; it is taken for everybody's.
    """
    late = 0
    for event in record.of("EntrySubmitted"):
        entry, at, came = event["entry_id"], event["at"], when(event["received_at"])
        window, counted = record.rules_at(at)["intake"], came
        need("entries", came >= when(window["opens"]), f"{entry} was handed in before the opening")
        if event.get("channel") == "POST" and window["post_counts_by"] == "POSTMARK":
            counted = when(event.get("counted_at") or event["received_at"])
        grace = timedelta(minutes=window["grace_minutes"])
        if counted >= when(window["closes"]) and came >= when(window["closes"]) + grace:
            own = record.of("EntryReturned", until=at, entry_id=entry)
            more = [one.get("due_at") for one in own]
            for one in record.of("DeadlineExtended", until=at):
                more += [one.get("until")] if one.get("entry_id", "") in {entry, None} else []
            is_given = any(term and when(term) > counted for term in more)
            need("entries", is_given, f"{entry} came late, and nobody gave it more time")
            late += 1
    return f"{late} came by more time that was given"
