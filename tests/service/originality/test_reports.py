"""What a report says beyond its share: sources in order, what was left out, who may read it."""

import dataclasses
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256

import pytest
from msgspec.structs import replace

from contracts import intake, originality, review
from kernel.testing import Rejected, actor
from tests.service.originality.conftest import MORNING, SECRETARY, Contest
from tests.unit.originality.disguise import paragraphs, text, with_a_fifth_changed
from tests.unit.originality.papers import DOCX, docx, paragraph, run

OWN, OTHER = text("hen_gio"), text("kho_giay")
MIXED = "\n\n".join([*paragraphs("kho_giay"), paragraphs("hen_gio")[2]])
JUDGE = actor("judge", id="j-1")


@pytest.fixture
def copied(contest: Contest) -> Contest:
    """Return a contest in which e-2 repeats a known model, e-1 does so too."""
    contest.know("SK-1", paragraphs("hen_gio")[2], applied_on=date(2019, 5, 1))
    contest.submit("e-1", OWN)
    contest.submit("e-2", MIXED)
    return contest


def assign(contest: Contest, *judge_ids: str, **others: str) -> None:
    desk = {
        "contest_id": "HG-2022",
        "round_id": "SO_KHAO",
        "entry_id": "e-2",
        "code": "A-07",
    }
    contest.bench.hear(review.JudgesAssigned(**desk | others, judge_ids=judge_ids))


def read(contest: Contest, by, named: str = "e-2") -> originality.Report:
    asked = originality.ReadReport(entry_id=named)
    return contest.bench.ask(asked, actor=by, reply=originality.Report)


def texts(contest: Contest, by, *, named: str = "e-2", source: int | None = None):
    asked = originality.ReadTexts(
        entry_id=named, report_id=read(contest, by, named).report_id, source=source
    )
    return contest.bench.ask(asked, actor=by, reply=originality.ReportTexts)


def test_reports_are_listed_on_from_where_a_page_ended(copied: Contest):
    copied.submit("e-3", OTHER)

    def listed(**more) -> list[tuple[Decimal, str]]:
        query = originality.ListReports(contest_id="HG-2022", **more)
        lines = copied.bench.ask(query, actor=SECRETARY, reply=tuple[originality.ReportLine, ...])
        return [(line.share, line.entry_id) for line in lines]

    whole = listed()

    assert len(whole) == 3
    assert [listed(after=place, most=1) for place in whole] == [whole[1:2], whole[2:], []]


def test_sources_are_listed_the_earliest_first_with_when_and_where(copied: Contest):
    copied.bench.hear(
        intake.AgenciesImported(
            agencies=(intake.Agency(unit_id="U-1", name="UBND xã Tân Hòa", kind="COMMUNE"),)
        )
    )
    copied.submit("e-3", OTHER, unit_id="U-1")
    copied.submit("e-4", "\n\n".join([OTHER, paragraphs("hen_gio")[2]]))

    matches = copied.report("e-4").matches
    assert [(one.source_id, one.filed_at, one.applied_on, one.place) for one in matches] == [
        ("SK-1", None, date(2019, 5, 1), "Sở Nội vụ tỉnh Hậu Giang"),
        ("e-1", MORNING + timedelta(hours=1), None, None),
        ("e-2", MORNING + timedelta(hours=2), None, None),
        ("e-3", MORNING + timedelta(hours=3), None, "UBND xã Tân Hòa"),
    ]


def test_every_passage_names_all_the_sources_it_is_in(copied: Contest):
    known, earlier = copied.report("e-2").matches

    assert (known.source_id, earlier.source_id) == ("SK-1", "e-1")
    assert [passage.also for passage in known.passages] == [("e-1",)]
    assert [passage.also for passage in earlier.passages] == [("SK-1",)]
    assert [passage.kind for passage in known.passages] == ["VERBATIM"]
    assert [passage.tier for passage in known.passages] == ["STRONG"]


def test_copy_with_words_changed_is_an_edited_one(contest: Contest):
    contest.submit("e-1", OWN)
    contest.submit("e-2", "\n\n".join(map(with_a_fifth_changed, paragraphs("hen_gio"))))

    (match,) = contest.report("e-2").matches

    assert {passage.kind for passage in match.passages} == {"EDITED"}


def test_what_was_left_out_is_said_with_its_place_and_reason(contest: Contest):
    body = text("dan_luat")
    contest.submit("e-1", body)

    report = contest.report("e-1")

    said = {one.reason: body[one.start : one.end] for one in report.excluded}
    assert {"LAW", "FORM"} <= said.keys()
    assert any("Lấy sự hài lòng" in body[one.start : one.end] for one in report.excluded)


def test_law_quoted_by_both_counts_only_where_nothing_is_left_out(contest: Contest):
    own = max(paragraphs("dan_luat"), key=len)
    contest.submit("e-1", text("dan_luat"))
    contest.submit("e-2", f"{text('dan_luat_khac')}\n\n{own}")

    report = contest.report("e-2")

    assert report.share == report.share_with_exclusions < Decimal("0.4")
    assert report.share_without > Decimal("0.4")


def test_report_says_what_it_was_made_from(copied: Contest):
    report = copied.report("e-2")

    assert report.compared == originality.ComparedWith(
        entries=1, known=1, cutoff=date(2022, 6, 30), registers=("TINH",)
    )
    assert report.text_sha256 == sha256(MIXED.encode()).hexdigest()
    assert len(report.parameters) == 64
    assert (report.title, report.filed_at) == ("Sáng kiến e-2", MORNING + timedelta(hours=2))


def test_other_rules_are_other_parameters(copied: Contest):
    before = copied.report("e-2").parameters
    copied.open(cutoff=date(2022, 6, 29))
    copied.submit("e-3", OWN)

    assert copied.report("e-3").parameters != before


def test_ruling_is_somebodys_at_an_instant(copied: Contest):
    copied.bench.hear(intake.PersonRegistered(person_id="s-1", full_name="Trần Thị Sen"))
    copied.rule("e-2", "DUPLICATE")

    report = copied.report("e-2")

    assert (report.ruled_by, report.ruled_by_name) == ("s-1", "Trần Thị Sen")
    assert isinstance(report.ruled_at, datetime)


def test_older_name_heard_late_does_not_replace_the_newer(copied: Contest):
    for name, hour in (("Trần Thị Sen", 5), ("Trần Sen", 2)):
        heard = intake.PersonRegistered(person_id="s-1", full_name=name)
        copied.bench.hear(heard, now=MORNING + timedelta(hours=hour))
    copied.rule("e-2")

    assert copied.report("e-2").ruled_by_name == "Trần Thị Sen"


def test_secretary_reads_both_texts_whole(copied: Contest):
    both = texts(copied, SECRETARY, source=1)

    assert both == originality.ReportTexts(text=MIXED, source_text=OWN.rstrip())


def test_text_that_has_changed_since_is_not_shown_beside_old_passages(copied: Contest):
    copied.submit("e-1", OTHER, hour=5, version=2)

    both = texts(copied, SECRETARY, source=1)

    assert both == originality.ReportTexts(text=MIXED, source_text=None)


def test_texts_of_a_superseded_report_are_refused(copied: Contest):
    asked = originality.ReadTexts(entry_id="e-2", report_id="r-old")

    with pytest.raises(Rejected, match="ReportSuperseded"):
        copied.bench.ask(asked, actor=SECRETARY)


def test_judge_reads_the_reports_of_entries_on_their_desk_only(copied: Contest):
    assign(copied, "j-1", "j-2")

    assert read(copied, JUDGE).report_id == copied.report("e-2").report_id
    with pytest.raises(Rejected, match="Forbidden"):
        read(copied, actor("judge", id="j-9"))
    with pytest.raises(Rejected, match="Forbidden"):
        read(copied, JUDGE, "e-1")


def test_judge_who_stood_down_reads_no_more(copied: Contest):
    assign(copied, "j-1", "j-2")
    assign(copied, "j-2", "j-3")

    with pytest.raises(Rejected, match="Forbidden"):
        read(copied, JUDGE)


def test_judge_of_an_open_round_reads_the_texts(copied: Contest):
    assign(copied, "j-1")

    assert texts(copied, JUDGE, source=0).text == MIXED


def test_judge_of_a_blind_round_learns_of_nobody(blind: Contest):
    assign(blind, "j-1")

    report = read(blind, JUDGE, "A-07")
    told = blind.bench.ask(originality.ReadReport(entry_id="A-07"), actor=JUDGE)

    assert (report.entry_id, report.is_blind) == ("A-07", True)
    assert [(one.source_id, one.place) for one in report.matches] == [
        ("SK-1", "Sở Nội vụ tỉnh Hậu Giang"),
        ("#2", None),
    ]
    assert report.matches[0].passages[0].also == ("#2",)
    assert not {"e-1", "e-2", "UBND xã Tân Hòa"} & set(strings(told))
    open_report = read(blind, SECRETARY, "e-2")
    passages = [one for match in open_report.matches for one in match.passages]
    typed = {open_report.title, open_report.text_sha256, *(one.text for one in passages)}
    assert "" not in typed
    assert not typed & set(strings(told))
    assert (report.filed_at, report.matches[1].filed_at) == (None, None)
    assert texts(blind, JUDGE, named="A-07", source=1) == originality.ReportTexts()


def test_code_is_that_of_the_contest_it_is_asked_in_and_of_the_latest_without(blind: Contest):
    assign(blind, "j-1")
    next_year = replace(
        blind.rules, id="HG-2023", novelty=replace(blind.rules.novelty, cutoff=date(2023, 6, 30))
    )
    blind.bench.hear(
        intake.ContestOpened(
            contest_id="HG-2023", rules=next_year, sha256="2" * 64, opened_at=MORNING
        )
    )
    later = dataclasses.replace(blind, rules=next_year)
    later.submit("e-9", OTHER)
    assign(later, "j-1", contest_id="HG-2023", entry_id="e-9")

    named = [
        blind.bench.ask(
            originality.ReadReport(entry_id="A-07", contest_id=contest_id),
            actor=JUDGE,
            reply=originality.Report,
        ).contest_id
        for contest_id in ("HG-2022", "HG-2023", "")
    ]

    assert named == ["HG-2022", "HG-2023", "HG-2023"]


def test_judge_of_a_blind_round_reads_no_words_of_a_sign(blind: Contest):
    author = "Tác giả: Nguyễn Thị Ánh Nguyệt, UBND xã Tân Hòa"
    hidden = paragraph(run(author, "<w:vanish/>"))
    blind.submit("e-3", docx(hidden + paragraph(run(MIXED))), media_type=DOCX)
    assign(blind, "j-1", entry_id="e-3")
    assert [sign.text for sign in blind.report("e-3").signs] == [author]

    told = blind.bench.ask(originality.ReadReport(entry_id="A-07"), actor=JUDGE)

    assert [sign["kind"] for sign in told["signs"]] == ["HIDDEN_TEXT"]
    assert author not in strings(told)


def test_judge_of_a_blind_round_does_not_read_by_the_entrys_id(blind: Contest):
    assign(blind, "j-1")

    with pytest.raises(Rejected, match="Forbidden"):
        read(blind, JUDGE, "e-2")


def test_chair_who_marks_in_a_blind_round_reads_as_a_judge(blind: Contest):
    chair = actor("judge", "chair", id="j-1")
    before = read(blind, chair, "e-2")
    assign(blind, "j-1")

    with pytest.raises(Rejected, match="Forbidden"):
        read(blind, chair, "e-2")
    assert not before.is_blind
    assert read(blind, chair, "A-07").is_blind


@pytest.fixture
def blind(contest: Contest) -> Contest:
    """Return the contest of `copied` with a blind round; e-1 is from a unit with a name."""
    contest.open_blind("SO_KHAO")
    agency = intake.Agency(unit_id="U-1", name="UBND xã Tân Hòa", kind="COMMUNE")
    contest.bench.hear(intake.AgenciesImported(agencies=(agency,)))
    contest.know("SK-1", paragraphs("hen_gio")[2], applied_on=date(2019, 5, 1))
    contest.submit("e-1", OWN, unit_id="U-1")
    contest.submit("e-2", MIXED)
    assert contest.report("e-2").matches[1].place == "UBND xã Tân Hòa"
    return contest


def strings(told: object) -> list[str]:
    """Return every string anywhere in an answer."""
    match told:
        case dict():
            return [one for value in told.values() for one in strings(value)]
        case list():
            return [one for value in told for one in strings(value)]
        case str():
            return [told]
        case _:
            return []


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF-"), ("docx", b"PK")])
def test_report_is_printed_for_the_file_and_comes_out_the_same(copied: Contest, form, begins):
    asked = originality.PrintReport(entry_id="e-2", format=form)

    first, second = (copied.bench.ask(asked, actor=SECRETARY, reply=bytes) for _ in range(2))

    assert first.startswith(begins)
    assert first == second


def test_report_is_printed_for_nobody_who_may_not_read_it(copied: Contest):
    asked = originality.PrintReport(entry_id="e-2", format="pdf")

    with pytest.raises(Rejected, match="Forbidden"):
        copied.bench.ask(asked, actor=actor("entrant", "clerk"))
