"""The checks of judging: panels drawn evenly, sheets by the rubric, tables from the sheets."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from math import lcm

from recount.kit import Json, canonical, need
from recount.record import PANEL, Record
from recount.scoring import Table, check_marks, exact, number, read, rounded, spread, total

ENTRIES = "SELECT DISTINCT entry_id FROM event WHERE round_id = ? AND type = 'JudgesAssigned'"
SEATED = "SELECT judge FROM Seated WHERE round_id = ? AND entry_id = ?"
SEALED = "contest_id", "round_id", "entry_id", "judge_id", "version"  # of a sheet, in this order


class Panel:
    """All that was said of one entry in one round, and who judges it in the end."""

    def __init__(self, record: Record, round_: str, entry: str) -> None:
        self.name, said = f"{round_}, {entry}", defaultdict[str, list[Json]](list)
        for event in record.of(*PANEL, round_id=round_, entry_id=entry):
            said[event["type"]].append(event)
        self.stood, self.seats, sheets, self.looks, talks = (said[one] for one in PANEL)
        self.discussed = any(talk["minutes"].strip() for talk in talks)
        self.given: dict[str, list[Json]] = defaultdict(list)
        for sheet in sorted(sheets, key=lambda one: int(one["version"])):
            self.given[sheet["judge_id"]].append(sheet)
        self.judges = {judge for (judge,) in record.ask(SEATED, round_, entry)}
        self.counting = {judge: self.given[judge][-1] for judge in self.judges & {*self.given}}


def check_rounds(record: Record, values: Json) -> Iterator[tuple[str, str]]:
    """Check every round in turn; `values` takes what each entry has in it, by round."""
    record.check("rounds", "seals", "sheets", "judges")
    field: set[str] | None = None
    for opened in record.of("RoundOpened"):
        id_, first, sheets, looks = opened["round_id"], dict[str, Json](), 0, 0
        whole = record.rules_at(opened["at"])
        rules = {one["id"]: one for one in whole["rounds"]}.get(id_, {})
        need("rules", rules, f"have no round {id_}, yet it was opened")
        table = Table(rules, values)
        for (entry,) in list(record.ask(ENTRIES, id_)):
            panel = Panel(record, id_, entry)
            first[entry] = panel.seats[0]
            sheets += check_sheets(rules, panel)
            looks += check_divergence(rules, panel)
            table.add(entry, {judge: sheet["marks"] for judge, sheet in panel.counting.items()})
        yield "judges", f"{id_}: {check_draw(record, rules, opened, first)}"
        yield "sheets", f"{id_}: {sheets} as they were sealed, by the rubric; {looks} second looks"
        closed = next(record.of("RoundClosed", round_id=id_), None)
        if closed is None:
            yield "rounds", f"{id_} is not closed yet"
            return
        field = set(record.accepted(closed["at"])) if field is None else field
        check_table(record, whole, closed, table, field)
        field = {line["entry_id"] for line in closed["table"] if line["advances"]}
        values[id_] = table.values
        yield "table", f"{id_}: {len(table.values)} entries as the sheets say, {len(field)} go on"
        yield "petitions", f"{id_}: {check_rejudged(record, rules, closed)} judged again"


def check_sheets(rules: Json, panel: Panel) -> int:
    """Sheets are those that were sealed, and their marks by the rubric; returns how many."""
    for judge, versions in panel.given.items():
        name = f"{panel.name}: the sheet of {judge}"
        for sheet in versions:
            if sheet["nonce"]:
                marks = {code: f"{Decimal(m).normalize():f}" for code, m in sheet["marks"].items()}
                parts = [*(sheet[one] for one in SEALED), marks, sheet["words"], sheet["nonce"]]
                is_same = sha256(canonical(parts)).hexdigest() == sheet["digest"]
                need("seals", is_same, f"{name} is not the one that was sealed")
            check_marks("sheets", name, rules, sheet["marks"])
            is_sum = total(rules["rubric"], sheet["marks"]) == number(sheet["total"])
            need("sheets", is_sum, f"{name}: the total is not {sheet['total']}")
    return sum(map(len, panel.given.values()))


def check_divergence(rules: Json, panel: Panel) -> int:
    """Where judges stood too far apart, somebody looked again, and minutes say so."""
    step, rule, seats = "divergence", rules["divergence"], panel.seats
    is_excused = any(event["ground"] == "COUNTED_WITHOUT" for event in panel.stood)
    if not panel.counting or is_excused or rule is None:
        return 0
    # As they stood when the sheets were opened: of those sealed, the newest of each judge.
    own = [panel.given[judge] for judge in panel.counting]
    met = [next((sheet for sheet in reversed(all_) if sheet["nonce"]), all_[0]) for all_ in own]
    wide = spread([total(rules["rubric"], sheet["marks"]) for sheet in met], rule["measure"])
    called = {judge for event in seats for judge in event["judge_ids"]}
    is_seen = panel.looks or panel.discussed or len(called) > len(seats[0]["judge_ids"])
    what = f"{panel.name}: judges stand {float(wide):g} points apart, and nobody looked again"
    need(step, wide <= number(rule["threshold"]) or is_seen, what)
    wanted = {judge for look in panel.looks for judge in look["judge_ids"]}
    for judge, sheet in panel.counting.items():
        is_asked = sheet["version"] == 1 or sheet["nonce"] or judge in wanted
        need(step, is_asked, f"{panel.name}: {judge} was not to look again")
    for look in panel.looks:
        for judge in set(look["judge_ids"]) & panel.judges:
            newer = [sheet for sheet in panel.given[judge] if sheet["at"] >= look["at"]]
            is_said = panel.discussed or any(sheet["minutes"].strip() for sheet in newer)
            need(step, is_said, f"{panel.name}: {judge} was to look again")
    return len(panel.looks)


def check_draw(record: Record, rules: Json, opened: Json, first: dict[str, Json]) -> str:
    """Panels are of the size the rules say, and no hand-over of entries makes loads more even.

    Which of the draws that are equally good it is, the seed decides; that is not drawn again.
    """
    name, wanted = opened["round_id"], rules["judges_per_entry"]
    odd = [entry for entry, one in first.items() if wanted not in {None, len(one["judge_ids"])}]
    need("judges", not odd, f"{name}: {odd} have not {wanted} judges")
    said = f"{len(first)} panels, seed {opened['seed']}"
    desks = {desk["judge_id"]: desk for desk in opened.get("desks", ())}
    assigning = rules["assigning"] or {"expertise": "ignored", "most_per_judge": None}
    if wanted is None or not desks or assigning["expertise"] == "preferred":
        return f"{said}; evenness was not asked for alone"
    held = [(entry, first[entry]) for entry in opened["entry_ids"] if entry in first]
    loads = Counter(judge for _, panel in held for judge in panel["judge_ids"])
    bound = {judge for pair in opened["apart"] for judge in pair}
    areas = {entry: one["area"] for entry, one in record.accepted().items()}
    takers: dict[str, set[str]] = defaultdict(set)  # who can take an entry off a judge's desk
    for entry, panel in held:
        free = desks.keys() - bound - {*panel["judge_ids"], *panel["kept_away"]}
        if assigning["expertise"] == "required":
            free = {one for one in free if areas[entry] in (desks[one]["areas"] or [areas[entry]])}
        for judge in panel["judge_ids"]:
            takers[judge] |= free
    for judge in desks:
        reached, fresh = {judge}, {judge}
        while fresh := {one for giver in fresh for one in takers[giver]} - reached:
            reached |= fresh
        for other in reached:
            limits = (desks[other]["most"], assigning["most_per_judge"], len(held))
            is_full = loads[other] >= min(limit for limit in limits if limit is not None)
            what = f"{name}: {judge} has {loads[judge]} entries, {other} only {loads[other]}"
            need("judges", is_full or loads[judge] - loads[other] < 2, what)
    return f"{said}, as even as can be"


def check_table(record: Record, rules: Json, closed: Json, table: Table, due: set[str]) -> None:
    """The table names the entries it must, and says of each what the sheets say."""
    step, id_, lines = "table", closed["round_id"], closed["table"]
    said, accepted = {line["entry_id"]: line for line in lines}, record.accepted()
    need(step, len(said) == len(lines), f"{id_} names an entry twice")
    out, crossing = record.out_at(closed["at"])
    missing, surplus = due - out - crossing - set(said), set(said) - (due - out)
    need(step, not missing, f"{id_}: {missing} are in the round, but not in the table")
    need(step, not surplus, f"{id_}: {surplus} are in the table, but not in the round")
    is_last = id_ == rules["rounds"][-1]["id"]
    need(step, closed["is_last"] == is_last, f"{id_}: this is the last round, or it is not")
    votes = [vote["order"] for vote in record.of("VoteRecorded", until=closed["at"], round_id=id_)]
    bare = {entry for entry in said if not table.totals.get(entry)}
    need(step, not bare, f"{id_}: {bare} have no sheet that counts")
    table.rank(table.severe(said, closed["severities"]), votes)
    if not is_last:
        table.cut_off(accepted, rules, votes)
    for entry, line in table.lines.items():
        for name, own in line.items():
            is_so = said[entry][name] is None or read(said[entry][name]) == own
            need(step, is_so, f"{id_}, {entry}: {name} is not {said[entry][name]}")


def check_rejudged(record: Record, rules: Json, closed: Json) -> int:
    """What came of judging an entry again follows from new sheets, by other judges."""
    step, before = "petitions", {line["entry_id"]: line for line in closed["table"]}
    events = list(record.of("EntryRejudged", round_id=rules["id"]))
    for event in events:
        entry, asked, line = event["entry_id"], event.get("criteria"), event["line"]
        petitions = record.rules_at(event["at"])["petitions"]
        name = f"{rules['id']}, {entry} again"
        need(step, event.get("sheets"), f"{name}: its new sheets are in no event (once none were)")
        sheets = {one["judge_id"]: one["marks"] for one in event["sheets"]}
        of_it = {one: event[one] for one in ("petition_id", "round_id", "entry_id")}
        orders = record.of("RejudgingOrdered", until=event["at"], **of_it)
        is_ordered = asked in [order["criteria"] for order in orders]
        need(step, is_ordered, f"{name}: it was not ordered like this")
        seats = list(record.of("RejudgingSeated", until=event["at"], **of_it))
        is_theirs = seats and set(seats[-1]["judge_ids"]) == set(sheets)
        need(step, is_theirs, f"{name}: the sheets are not of those who were seated")
        panel = Panel(record, rules["id"], entry)
        old = panel.given.keys() & sheets.keys()
        need(step, not old, f"{name}: {old} judged it before")
        many = (petitions and petitions["judges"]) or len(panel.judges)
        is_full = len(sheets) - many in {0, 1}  # one more where they stood too far apart
        need(step, is_full, f"{name}: judged by {len(sheets)}, not {many}")
        marked = [one for one in rules["rubric"] if not one["comment_only"]]
        rubric = [one for one in marked if not asked or one["code"] in asked]
        aggregate = {"method": "mean"} if asked else rules["aggregate"]
        scoped = {**rules, "rubric": rubric, "aggregate": aggregate, "tie_break": []}
        for judge, marks in sheets.items():
            check_marks(step, f"{name}: {judge}", scoped, marks)
        table = Table(scoped, {})
        table.add(entry, sheets)
        table.rank({}, [])
        own = {one: table.lines[entry][one] for one in ("average", "criteria", "highest", "score")}
        if asked:
            means = own["criteria"] = read(before[entry]["criteria"]) | own["criteria"]
            count = lcm(*(many for _, many in means.values()))
            parts = (number(one["weight"]) * exact(means[one["code"]]) for one in rules["rubric"])
            own["average"] = sum(parts) * count, count
            own["score"] = rounded(exact(own["average"]), rules["rounding"])
            del own["highest"]
        for one, value in before[entry].items():  # what is not judged again stays as it was
            is_so = read(line[one]) == own[one] if one in own else line[one] == value
            need(step, is_so, f"{name}: {one} is not {line[one]}")
    return len(events)
