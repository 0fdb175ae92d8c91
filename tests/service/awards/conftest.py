"""Awards on the bench, having heard of a contest with marked entries."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from contracts import awards, intake, review
from kernel.crunch import Crunch
from kernel.testing import actor
from services.awards.service import AwardsService
from tests.unit.awards.builders import some_rules

CONTEST = "HG-CCHC-2022"
SECRETARY = actor("secretary", id="s-1")
ORGANISER = actor("organiser", id="o-1")
CHAIR = actor("chair", id="c-1")
CHAIRMAN = actor("authority:CT_UBND", id="a-1")
DIRECTOR = actor("authority:GD_SNV", id="a-2")
NOVEMBER = datetime(2022, 11, 8, 2, microsecond=357, tzinfo=UTC)


def mean(total, count=1):
    return review.Average(total=Decimal(total), count=count)


def a_line(entry_id, total, rank=1):
    """Return a line of a round's table; criteria are the same for all, so totals decide."""
    criteria = {"TINH_MOI": mean(60, 3), "HIEU_QUA": mean(60, 3), "NOI_DUNG": mean(30)}
    return review.RoundLine(
        entry_id=entry_id,
        code=f"HG-{entry_id}",
        average=mean(total),
        criteria=criteria,
        score=Decimal(total),
        rank=rank,
        advances=True,
    )


class Story:
    """What happens to awards, told in the words of the contest."""

    def __init__(self, bench):
        self.bench = bench
        self.changes = {}
        self.number = 0

    def opens(self, contest_id=CONTEST, **changes):
        self.changes = changes
        rules = some_rules(contest_id, **changes)
        opened = intake.ContestOpened(
            contest_id=contest_id, rules=rules, sha256="0" * 64, opened_at=NOVEMBER
        )
        self.bench.hear(opened)

    def amends(self, **changes):
        """Amend the rules; changes made before stay."""
        self.changes |= changes
        self.number += 1
        self.bench.hear(
            intake.ContestAmended(
                contest_id=CONTEST,
                rules=some_rules(CONTEST, **self.changes),
                sha256="1" * 64,
                number=self.number,
                reason="Sửa đổi",
            )
        )

    def accepts(self, entry_id, *author_ids, contest_id=CONTEST, unit_id=None):
        share = Decimal(100) / len(author_ids)
        shares = tuple(intake.Share(person_id=id_, percent=share) for id_ in author_ids)
        self.bench.hear(
            intake.EntryAccepted(
                contest_id=contest_id,
                entry_id=entry_id,
                receipt_code=f"R-{entry_id}",
                filed_by=author_ids[0],
                author_ids=author_ids,
                title=f"Sáng kiến {entry_id}",
                version=1,
                area="TTHC",
                kind="INDIVIDUAL",
                shares=shares,
                summary="",
                unit_id=unit_id,
            )
        )

    def knows(self, **names):
        for person_id, full_name in names.items():
            self.bench.hear(intake.PersonRegistered(person_id=person_id, full_name=full_name))

    def closes(self, contest_id=CONTEST, **totals):
        """Close both rounds with the same totals, by entry (underscores for hyphens)."""
        marks = {entry.replace("_", "-"): total for entry, total in totals.items()}
        for round_id in ("SO_KHAO", "BAO_VE"):
            self.bench.hear(
                review.RoundClosed(
                    contest_id=contest_id,
                    round_id=round_id,
                    table=tuple(a_line(entry, total) for entry, total in marks.items()),
                    is_last=round_id == "BAO_VE",
                )
            )

    def proposes(self, contest_id=CONTEST):
        return self.bench.ask(
            awards.ProposePrizes(contest_id=contest_id),
            actor=SECRETARY,
            reply=tuple[awards.PrizeLine, ...],
        )

    def approves(self, authority, by, contest_id=CONTEST, **said):
        asked = awards.ApprovePrizes(contest_id=contest_id, authority=authority, **said)
        return self.bench.ask(asked, actor=by)

    def publishes(self, contest_id=CONTEST, now=NOVEMBER, **said):
        asked = awards.PublishResults(contest_id=contest_id, **said)
        return self.bench.ask(asked, actor=SECRETARY, now=now, reply=tuple[awards.Paper, ...])

    def results(self, now=NOVEMBER):
        asked = awards.ShowOpenResults(contest_id=CONTEST)
        return self.bench.ask(asked, now=now, reply=awards.OpenResults)

    def money(self, by=SECRETARY, now=NOVEMBER):
        asked = awards.ShowMoney(contest_id=CONTEST)
        return self.bench.ask(asked, actor=by, now=now, reply=awards.MoneyView)

    def said(self, kind):
        return [event for event in self.bench.announced if type(event) is kind]

    def shows_prizes(self, by=SECRETARY, contest_id=CONTEST):
        asked = awards.ShowPrizes(contest_id=contest_id)
        return self.bench.ask(asked, actor=by, reply=awards.PrizeList)


def print_later(bench):
    """Leave what is published to be printed, for stories that read no paper."""
    bench.service.settings = replace(bench.service.settings, print_at_once=0)


def withdrawn(entry_id, contest_id=CONTEST):
    return intake.EntryWithdrawn(
        contest_id=contest_id,
        entry_id=entry_id,
        receipt_code="R",
        filed_by="p-1",
        author_ids=("p-1",),
        title=f"Sáng kiến {entry_id}",
    )


@pytest.fixture(scope="module")
def press():
    """Keep one child that prints for a whole module: it takes seconds to start."""
    children = Crunch("services.awards.press")
    children.connect(SimpleNamespace(crunch_children=1))
    yield children
    children.stop()


@pytest.fixture
def bench(service_bench, press):
    made = service_bench(AwardsService)
    made.service.press = press
    return made


@pytest.fixture
def story(bench):
    return Story(bench)


@pytest.fixture
def marked(story):
    """Three entries with names, marked, none tied: first, second and consolation prize."""
    story.opens()
    units = (
        intake.Agency(unit_id="u-1", name="Sở Tư pháp", kind="SO", valid_from=date(2004, 1, 1)),
        intake.Agency(unit_id="u-1", name="Sở khác", kind="SO", valid_from=date(2025, 7, 1)),
    )
    story.bench.hear(intake.AgenciesImported(agencies=units))
    story.knows(p1="Nguyễn Thị Hồng Nhung", p2="Trần Quốc Việt", p3="Danh Thị Mỹ Duyên")
    story.accepts("e-1", "p1", "p2", unit_id="u-1")
    story.accepts("e-2", "p3")
    story.accepts("e-3", "p2", unit_id="u-1")
    story.closes(e_1="91.25", e_2="82", e_3="70")
    return story


@pytest.fixture
def approved(marked):
    marked.proposes()
    marked.approves("CT_UBND", CHAIRMAN)
    marked.approves("GD_SNV", DIRECTOR)
    return marked
