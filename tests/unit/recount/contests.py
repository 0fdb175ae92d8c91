"""Whole contests played by the services' own domain code, as the events they would announce."""

import io
from dataclasses import dataclass, field
from dataclasses import replace as replaced
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from random import Random

import msgspec
from msgspec.structs import replace

from contracts import awards, intake, originality, review
from contracts.rules import Criterion, Round, Rounding, Rules
from contracts.rules.reckoning import Vote
from services.awards.domain import classes, prizes, ranking
from services.awards.domain.money import contest_money
from services.awards.store import result_of
from services.ledger import kit as kits
from services.ledger import seals
from services.ledger.domain import (
    Growing,
    Recorded,
    TreeHead,
    canonical,
    leaf_hash,
    leaf_of,
    milestone_of,
)
from services.ledger.domain.leaves import disclosed, instant
from services.ledger.signing import key_of
from services.review.assigning.answering import answer
from services.review.calibration.answering import estimated
from services.review.calibration.asking import Asked
from services.review.domain.assignment.problem import Demand, Desk, Problem
from services.review.domain.concluding import Beside, conclude, cut_off, values_of
from services.review.domain.panel import CallOthers, LookAgain, Panel, Settled, Sheet, Waiting
from services.review.domain.rejudging import NewSheet, Rejudging
from services.review.service.verdicts import in_words
from tests.unit.awards.builders import some_rules

TENANT = "hau-giang"
SECRET = "5e" * 32
START = datetime(2022, 7, 1, 2, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass
class Played:
    """A contest as it is played: `events` with their instants, in order."""

    rules: Rules
    events: list[tuple[datetime, object]] = field(default_factory=list)
    now: datetime = START
    lines: dict[str, tuple] = field(default_factory=dict)
    told: dict[str, dict[str, ranking.Result]] = field(default_factory=dict)

    def say(self, event, later=timedelta(seconds=1)):
        self.now += later
        self.events.append((self.now, event))


def a_round(round_id="R1", *, codes=("A", "B"), **others):
    """A round of two criteria of 50 points, three judges an entry."""
    most = Decimal(100) / len(codes)
    rubric = tuple(Criterion(code=code, name=code, max=most) for code in codes)
    return Round(
        **{
            "id": round_id,
            "name": round_id,
            "blind": True,
            "scale": Decimal(100),
            "step": Decimal("0.5"),
            "rubric": rubric,
            "rounding": Rounding(places=2),
            "judges_per_entry": 3,
        }
        | others
    )


def rules_of(*rounds, **others) -> Rules:
    """Rules with these rounds, all of equal weight but the last, which takes the rest."""
    each = (Decimal(1) / len(rounds)).quantize(Decimal("0.1"))
    weights = {one.id: each for one in rounds}
    weights[rounds[-1].id] = 1 - each * (len(rounds) - 1)
    rules = replace(
        some_rules("HG"),
        **{"rounds": rounds, "weights": weights, "tie_break": ("council_vote",)} | others,
    )
    return replace(rules, prizes=tuple(map(with_money, range(1, 99), rules.prizes)))


def with_money(number, prize):
    """Give a prize money that does not divide, and of two prizes one another sum for groups."""
    of_group = 7_000_001 // number if number % 2 else None
    return replace(prize, money_vnd=5_000_001 // number, group_money_vnd=of_group)


def play(rules: Rules, *, entries=6, judges=5, seed=0, wild=0.5) -> Played:
    """Play a contest to the end; `wild` is how often a judge strays far."""
    chance, contest = Random(seed), Played(rules)
    hand_in(contest, entries, chance)
    seats = tuple(review.Seat(person_id=f"j-{n}") for n in range(judges))
    contest.say(review.JurySeated(contest_id=rules.id, seats=seats), DAY)
    field_, earlier, told = accepted(contest), {}, {}
    for one in rules.rounds:
        table = judge(
            contest, one, field_, earlier, [seat.person_id for seat in seats], chance, wild
        )
        earlier[one.id] = values_of(table)
        told[one.id] = {
            line.entry_id: result_of(in_words(line, code_of(line.entry_id))) for line in table
        }
        field_ = [line.entry_id for line in table if line.advances]
    award(contest, told, chance)
    contest.told = told
    return contest


def code_of(entry):
    return f"MS-{entry}"


def kind_of(entry):
    return "COLLECTIVE" if int(entry[2:]) % 3 == 0 else "INDIVIDUAL"


def area_of(entry):
    return ("A1", "A2")[int(entry[2:]) % 2]


def authors_of(entry):
    return (f"p-{int(entry[2:]) // 2}",)  # two entries of each


def accepted(contest):
    gone = {e.entry_id for _, e in contest.events if isinstance(e, intake.EntryWithdrawn)}
    return [
        e.entry_id
        for _, e in contest.events
        if isinstance(e, intake.EntryAccepted) and e.entry_id not in gone
    ]


def hand_in(contest, entries, chance):
    rules = contest.rules
    opened = intake.ContestOpened(
        contest_id=rules.id, rules=rules, sha256="ab" * 32, opened_at=contest.now
    )
    contest.say(opened)
    for number in range(entries + 1):  # one more, which is withdrawn
        entry = f"e-{number}"
        common = {
            "contest_id": rules.id,
            "entry_id": entry,
            "receipt_code": f"SNV-{number:04d}",
            "filed_by": authors_of(entry)[0],
            "author_ids": authors_of(entry),
            "title": f"Ý tưởng mẫu {number}",
            "version": 1,
            "area": area_of(entry),
            "kind": kind_of(entry),
        }
        submitted = intake.EntrySubmitted(
            **common,
            received_at=contest.now,
            counted_at=contest.now,
            group="G",
            channel="ONLINE",
            documents=(),
        )
        contest.say(submitted)
        contest.say(intake.EntryAccepted(**common, shares=(), summary="…"))
    withdrawn = {k: common[k] for k in ("contest_id", "entry_id", "receipt_code", "filed_by")}
    contest.say(intake.EntryWithdrawn(**withdrawn, author_ids=(), title=""), DAY)
    contest.say(
        originality.OriginalityRuled(
            contest_id=rules.id, entry_id="e-0", report_id="r", ruling="ORIGINAL", reason="mẫu"
        )
    )


def sheet(contest, one, entry, judge_id, chance, wild):
    """Marks around the entry's worth, in steps; sometimes far off."""
    worth = Decimal(int(entry[2:]) * 37 % 50 + 40) / 100
    marks = {}
    for line in one.rubric:
        stray = Decimal(chance.randint(-4, 4)) / 100
        stray += Decimal(chance.choice((-25, 0, 25))) / 100 if chance.random() < wild / 8 else 0
        share = min(max(worth + stray, Decimal(0)), Decimal(1))
        marks[line.code] = (share * line.max / one.step).to_integral_value() * one.step
    return marks


def given(contest, one, entry, judge_id, version, marks, **others):
    return review.MarksGiven(
        contest_id=contest.rules.id,
        round_id=one.id,
        entry_id=entry,
        judge_id=judge_id,
        version=version,
        marks=marks,
        total=sum((line.weight * marks[line.code] for line in one.rubric), Decimal(0)),
        **{"given_at": contest.now, **others},
    )


def judge(contest, one, field_, earlier, judges, chance, wild):
    about = {"contest_id": contest.rules.id, "round_id": one.id}
    desks = tuple(review.DrawnDesk(judge_id=judge_id) for judge_id in judges)
    contest.say(
        review.RoundOpened(**about, entry_ids=tuple(field_), seed="seed-1", desks=desks), DAY
    )
    away = {
        entry: tuple(sorted(chance.sample(judges, 1))) if len(judges) > 3 else ()
        for entry in field_
    }
    drawn = drawn_panels(one, away, judges)
    contest.say(review.RoundSealed(**about, public_key="sk1.x", officers=("o-1", "o-2")))
    panels, sealed = {}, []
    for entry in field_:
        panel = drawn[entry]
        panels[entry] = Panel(one, frozenset(panel), {})
        contest.say(
            review.JudgesAssigned(
                **about,
                entry_id=entry,
                code=code_of(entry),
                judge_ids=panel,
                kept_away=away[entry],
            )
        )
        for judge_id in panel:
            marks = sheet(contest, one, entry, judge_id, chance, wild)
            nonce = f"{chance.getrandbits(256):064x}"
            said = given(contest, one, entry, judge_id, 1, marks, nonce=nonce, words="cd" * 32)
            digest = seals.digest_of(msgspec.to_builtins(said))
            sealed.append(replace(said, digest=digest))
            contest.say(
                review.SheetSealed(
                    **about,
                    entry_id=entry,
                    judge_id=judge_id,
                    version=1,
                    digest=digest,
                    given_at=said.given_at,
                )
            )
            sheets = {**panels[entry].sheets, judge_id: Sheet(judge_id, 1, marks)}
            panels[entry] = Panel(one, frozenset(panel), sheets)
    contest.say(review.SheetsOpened(**about, holders=("o-1", "o-2"), sheets=len(sealed)), DAY)
    at = contest.now
    contest.events += [(at, said) for said in sealed]
    for entry in field_:
        panels[entry] = settle(contest, one, entry, panels[entry], judges, chance)
    codes = {entry: code_of(entry) for entry in field_}
    severe = severities_of(one, panels)
    beside = Beside(earlier, (), groups(contest.rules, one, field_), severe)
    is_last = one is contest.rules.rounds[-1]
    for _ in range(20):
        table = conclude(one, panels, beside, is_last=is_last)
        ties = () if is_last else cut_off(one, beside).undecided(table)
        if not ties:
            break
        for tie in ties:
            order = tuple(chance.sample(tie, len(tie)))
            contest.say(review.VoteRecorded(**about, order=order, minutes="05/BB-BTC", reason="x"))
            beside = replaced(beside, votes=(*beside.votes, Vote(order, "05/BB-BTC")))
    lines = tuple(in_words(line, codes[line.entry_id]) for line in table)
    contest.say(review.RoundClosed(**about, table=lines, is_last=is_last, severities=severe), DAY)
    return table


def severities_of(one, panels):
    """Estimate what is taken off totals, as the service does."""
    if not one.calibration.counts:
        return {}
    judges = sorted({judge for panel in panels.values() for judge in panel.judge_ids})
    rows = [
        (at, judges.index(judge), float(total))
        for at, entry in enumerate(sorted(panels))
        for judge, total in sorted(panels[entry].totals().items())
    ]
    entry, judge, total = map(tuple, zip(*rows, strict=True))
    asked = Asked(
        entries=tuple(sorted(panels)), judges=tuple(judges), entry=entry, judge=judge, total=total,
        rule=one.calibration, seed=1, room=0,
    )  # fmt: skip
    return {one.judge_id: one.points for one in estimated(asked).severities}


def drawn_panels(one, away, judges):
    """Draw panels as the service does; all who are free where the rules name no number."""
    if one.judges_per_entry is None:
        return {entry: tuple(sorted({*judges} - {*own})) for entry, own in away.items()}
    demands = tuple(
        Demand(entry_id=entry, needs=one.judges_per_entry, away=own) for entry, own in away.items()
    )
    desks = tuple(Desk(judge_id=judge_id) for judge_id in sorted(judges))
    return answer(Problem(judges=desks, entries=demands, seed="seed-1")).panels


def groups(rules, one, field_):
    per = one.advance.per if one.advance else "round"
    if per == "area":
        return {entry: area_of(entry) for entry in field_}
    codes = {kind: each.code for each in rules.entrants.classes for kind in each.kinds}
    return {entry: codes.get(kind_of(entry), "") for entry in field_} if per == "class" else {}


def settle(contest, one, entry, panel, judges, chance):
    """Have judges look again, or others called, until the panel stands."""
    about = {"contest_id": contest.rules.id, "round_id": one.id, "entry_id": entry}
    panel, verdict = panel.weigh()
    for _ in range(40):
        match verdict:
            case Settled():
                return panel
            case LookAgain(again, spread):
                ask_again(contest, about, again, spread)
            case CallOthers(everybody, spread):
                free = sorted(set(judges) - panel.judge_ids - away_from(contest, one, entry))
                panel = panel.call(free if everybody else free[:1])
                if free:
                    called = tuple(sorted(panel.judge_ids))
                    contest.say(
                        review.JudgesAssigned(**about, code=code_of(entry), judge_ids=called)
                    )
                else:
                    ask_again(contest, about, panel.asked, spread)
            case Waiting():
                pass
        judge_id = min(panel.awaited())
        marks = sheet(contest, one, entry, judge_id, chance, 0)
        panel, new, verdict = panel.take(judge_id, marks)
        minutes = "03/BB-BTC" if judge_id in panel.looked else ""
        contest.say(given(contest, one, entry, judge_id, new.version, marks, minutes=minutes))
    raise AssertionError("a panel never settles")


def ask_again(contest, about, again, spread):
    judge_ids = tuple(sorted(again))
    code = code_of(about["entry_id"])
    contest.say(review.SecondLookNeeded(**about, code=code, judge_ids=judge_ids, spread=spread))


def away_from(contest, one, entry):
    return {
        judge
        for _, e in contest.events
        if isinstance(e, review.JudgesAssigned) and (e.round_id, e.entry_id) == (one.id, entry)
        for judge in e.kept_away
    }


def award(contest, told, chance):
    rules, council = contest.rules, prizes.Council()
    entries = accepted(contest)
    kinds = {entry: kind_of(entry) for entry in entries}
    authors = {entry: frozenset(authors_of(entry)) for entry in entries}
    finalists = ranking.finalists(told, set(), rules)
    for _ in range(50):
        _, outcome = classes.draw(finalists, rules, council, kinds, authors)
        if isinstance(outcome, prizes.Drawn):
            break
        for tie in outcome.ties:
            order = tuple(chance.sample(tie, len(tie)))
            said = awards.TieResolved(contest_id=rules.id, order=order, minutes="07/BB-BTC")
            contest.say(said)
            council = prizes.Council((*council.votes, Vote(order, "07/BB-BTC")), (), ())
    lines = tuple(said_line(line, rules) for line in outcome.lines)
    contest.lines = {line.entry_id: (line.prize, line.score, line.rank) for line in outcome.lines}
    contest.say(awards.PrizesProposed(contest_id=rules.id, lines=lines), DAY)
    grants = {prize.code: prize.authority for prize in rules.prizes}
    offices = sorted({grants[line.prize] for line in lines})
    for office in offices:
        contest.say(
            awards.PrizesApproved(
                contest_id=rules.id, authority=office, complete=office == offices[-1]
            )
        )
    papers = [
        awards.Paper(
            paper_id=f"d-{number}",
            kind="DECISION",
            authority=office,
            number=number,
            symbol="QĐ-UBND",
            dated=local_day(contest.now),
        )
        for number, office in enumerate(offices, 5)
    ]
    papers += [
        awards.Paper(
            paper_id=f"c-{line.entry_id}",
            kind="CERTIFICATE",
            authority=grants[line.prize],
            number=5,
            symbol="QĐ-UBND",
            dated=local_day(contest.now),
            prize=line.prize,
            entry_id=line.entry_id,
            register=[
                one.entry_id for one in lines if grants[one.prize] == grants[line.prize]
            ].index(line.entry_id)
            + 1,
        )
        for line in lines
    ]
    contest.say(
        awards.ResultsPublished(contest_id=rules.id, lines=lines, papers=tuple(papers)),
        timedelta(minutes=1),
    )
    for paper in papers:
        contest.say(
            awards.PaperPrinted(
                contest_id=rules.id, paper=paper, pdf_sha256="01" * 32, docx_sha256="02" * 32
            )
        )


def said_line(line, rules):
    is_group = kind_of(line.entry_id) == "COLLECTIVE"
    return awards.PrizeLine(
        entry_id=line.entry_id,
        title=f"Ý tưởng mẫu {line.entry_id}",
        author_ids=authors_of(line.entry_id),
        prize=line.prize,
        score=line.score,
        rank=line.rank,
        share="1" if line.parts == line.of else f"{line.parts}/{line.of}",
        money_vnd=contest_money(prizes.prize_of(line.prize, rules), line, is_group=is_group),
    )


def revoke(contest):
    """Take the first prize back."""
    published = next(e for _, e in contest.events if isinstance(e, awards.ResultsPublished))
    line, rules = published.lines[0], contest.rules
    contest.say(
        awards.AwardRevoked(
            contest_id=rules.id,
            entry_id=line.entry_id,
            prize=line.prize,
            ground="COPY",
            reason="mẫu",
            authority="CT_UBND",
            decision="09/QĐ-UBND",
            dated=local_day(contest.now),
            cancels="05/QĐ-UBND",
        ),
        DAY,
    )
    contest.say(
        awards.ResultsRevised(
            contest_id=rules.id, revision=2, changed=(), lost=(line.entry_id,), papers=()
        )
    )
    contest.say(
        awards.PaperRevoked(
            contest_id=rules.id,
            paper_id=f"c-{line.entry_id}",
            entry_id=line.entry_id,
            by_decision="09/QĐ-UBND",
        )
    )
    return contest


def dispute(contest, entry_id, state, points, criteria=()):
    """Have an entry judged again in the last round, to so many points more, and answer it."""
    one = contest.rules.rounds[-1]
    closed = [e for _, e in contest.events if isinstance(e, review.RoundClosed)][-1]
    before = next(line for line in closed.table if line.entry_id == entry_id)
    judge_ids = tuple(f"q-{number}" for number in range(3))
    again = Rejudging(f"q-{entry_id}", contest.rules.id, one.id, entry_id, criteria, "29/BB-BTC")
    petition = {"contest_id": contest.rules.id, "petition_id": again.petition_id}
    about = petition | {"entry_id": entry_id}
    ordered = {"round_id": one.id, "criteria": criteria, "minutes": again.minutes}
    contest.say(awards.RejudgingOrdered(**about, **ordered), DAY)
    again = again.seat(judge_ids, "30/QĐ-BTC", 3, (), ())
    seated = {"round_id": one.id, "judge_ids": judge_ids, "decision": again.decision}
    contest.say(review.RejudgingSeated(**about, **seated))
    wanted, marks = min(int(before.score + points), 100), {}
    for line in again.scoped(one).rubric:
        marks[line.code] = min(Decimal(wanted), line.max)
        wanted -= marks[line.code]
    for judge_id in judge_ids:
        again = again.take(NewSheet(judge_id, marks, "Nhận xét mẫu", contest.now), one)
    line = again.line(before, one)
    given = tuple(
        review.RejudgedMarks(judge_id=judge_id, marks=dict(sheet.marks))
        for judge_id, sheet in again.newest.items()
    )
    contest.say(
        review.EntryRejudged(**about, round_id=one.id, line=line, criteria=criteria, sheets=given),
        DAY,
    )
    moved = about | {"kind": "PETITION", "filed_by": "p-1", "state": state, "note": "31/TB-BTC"}
    contest.say(awards.PetitionMoved(**moved), DAY)
    if state == "UPHELD":
        contest.told[one.id][entry_id] = result_of(line)


def revise(contest, vacant=frozenset()):
    """Draw the list up again, have those concerned approve it, and publish what it changes."""
    rules, published = contest.rules, standing_of(contest)
    kinds = {entry: kind_of(entry) for entry in accepted(contest)}
    finalists = ranking.finalists(contest.told, set(), rules)
    _, outcome = classes.draw(finalists, rules, prizes.Council(), kinds)
    earlier = sum(isinstance(event, awards.ResultsRevised) for _, event in contest.events)
    listed = prizes.PrizeList(
        lines=published, published_at=contest.now, revision=1 + earlier
    ).revised()
    listed = listed.propose(prizes.vacated(outcome, vacant))
    said = {line.entry_id: said_line(line, rules) for line in listed.lines}
    contest.say(awards.PrizesProposed(contest_id=rules.id, lines=tuple(said.values())), DAY)
    for office in (offices := listed.awaited(rules)):
        contest.say(
            awards.PrizesApproved(
                contest_id=rules.id, authority=office, complete=office == offices[-1]
            )
        )
    changed = tuple(said[line.entry_id] for line in listed.changed)
    lost = tuple(line.entry_id for line in listed.lost)
    contest.say(
        awards.ResultsRevised(
            contest_id=rules.id, revision=listed.revision, changed=changed, lost=lost, papers=()
        )
    )
    for entry_id in lost:
        contest.say(
            awards.PaperRevoked(
                contest_id=rules.id,
                paper_id=f"c-{entry_id}",
                entry_id=entry_id,
                by_decision="11/QĐ-UBND",
            )
        )


def standing_of(contest):
    """Return the lines that were published, without the prizes taken back since."""
    gone = {e.entry_id for _, e in contest.events if isinstance(e, awards.AwardRevoked)}
    return tuple(
        prizes.Line(entry, *line) for entry, line in contest.lines.items() if entry not in gone
    )


def local_day(at) -> date:
    return (at + timedelta(hours=7)).date()


# -- from events to a kit, as the ledger makes it


def rows_of(contest) -> list[list]:
    """Events as `[id, type, instant, body]`, bodies as they travel."""
    return [
        [f"m-{number}", type_of(event), at, msgspec.json.decode(msgspec.json.encode(event))]
        for number, (at, event) in enumerate(contest.events)
    ]


def type_of(event) -> str:
    return f"{type(event).__module__.split('.')[1]}.{type(event).__name__}"


@dataclass
class Made:
    """A kit and what it was made from; `heads` are the signed ones, as outside copies."""

    content: bytes
    heads: list[dict]
    events: list[list]


def kit_of(rows, *, tenant=TENANT, contest_id="HG", with_authors=False, secret=SECRET) -> Made:
    """Plant, sign and write a kit, a head at each milestone, each day and at the end."""
    key, growing = key_of(secret, tenant), Growing(0)
    heads, events, last = [], [], None
    for id_, type_, at, body in rows:
        hashed, event = planted(id_, type_, at, canonical(body), with_authors=with_authors)
        milestone = milestone_of(type_)
        if last and at - last > DAY / 2 and growing.size > (heads[-1]["size"] if heads else 0):
            heads.append(head_of(key, tenant, contest_id, growing, last, ""))
        growing.add(hashed)
        events.append(msgspec.json.decode(event))
        last = at if last is None else max(last, at)
        if milestone:
            heads.append(head_of(key, tenant, contest_id, growing, last, milestone))
    heads.append(head_of(key, tenant, contest_id, growing, last, ""))
    return Made(written(heads, events, key, tenant, contest_id), heads, events)


@lru_cache(maxsize=8192)
def planted(id_, type_, at, text, *, with_authors) -> tuple[bytes, bytes]:
    """Hash an event and disclose it; most events of a forged kit are those of the honest one."""
    body, recorded = msgspec.json.decode(text), Recorded.of(id_, type_, at, text)
    shown, salt = kits.opened(type_, with_authors=with_authors), salt_of(id_)
    event = msgspec.json.encode(disclosed(recorded, body, salt, shown))
    return leaf_hash(leaf_of(recorded, body, salt).data()), event


def salt_of(id_) -> bytes:
    return sha256(id_.encode()).digest()[:16]


def written(heads, events, key, tenant=TENANT, contest_id="HG", newest=None) -> bytes:
    file, newest = io.BytesIO(), newest or heads[-1]
    known = (kits.Key(key.kid, key.x),)
    about = kits.About(tenant, contest_id, newest["size"], newest["root"], known)
    kits.write_kit(file, about, heads, events)
    return file.getvalue()


def head_of(key, tenant, contest_id, growing, at, milestone) -> dict:
    head = TreeHead(tenant, contest_id, growing.size, growing.root().hex(), instant(at), milestone)
    return {
        "tenant": tenant,
        "contest_id": contest_id,
        "size": head.size,
        "root": head.root,
        "at": head.at,
        "milestone": milestone,
        "kid": key.kid,
        "signature": key.sign(head),
    }
