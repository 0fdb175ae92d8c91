"""What the other services say about entries, and what follows from it here."""

from typing import assert_never

from contracts import awards, ledger, originality, review
from contracts.rules import Rules
from kernel.database import Work
from kernel.messaging import subscribe
from services.intake.service.counting import disqualify
from services.intake.store import contests, copies, entries, heads, onegate, people


class Hearing:
    """Keeps each entry's history, and takes out of the contest what may not stay in it.

    Scores never enter a history: entrants read it before results are published.
    """

    @subscribe
    def remember_jury(self, heard: review.JurySeated, work: Work) -> None:
        """Keep the jury from entering; what its members have handed in is out."""
        bar(heard, work)

    @subscribe
    def remember_substitute(self, heard: review.JudgeReplaced, work: Work) -> None:
        """Keep who took a seat from entering, as one who sat from the beginning."""
        bar(heard, work)

    @subscribe
    def keep_ledger_head(self, heard: ledger.HeadSigned, work: Work) -> None:
        """Keep the newest head of the record, for the receipts issued from now on."""
        heads.keep_head(work.session, heard.head)

    @subscribe
    def note_report(self, heard: originality.OriginalityReported, work: Work) -> None:
        """Note that the text was compared."""
        note = {heard.entry_id: "Đã kiểm tra trùng lặp."}
        entries.add_lines(work.session, note, work.now)

    @subscribe
    def act_on_ruling(self, heard: originality.OriginalityRuled, work: Work) -> None:
        """Take a duplicate out of the contest; note what was found original."""
        entry = entries.load_entry(work.session, heard.entry_id)
        match heard.ruling:
            case "DUPLICATE":
                disqualify(entry, heard.reason, work)
            case "ORIGINAL":
                note = "Kết luận: không trùng lặp."
                entries.add_line(work.session, entry, work.now, note)
            case _:
                assert_never(heard.ruling)

    @subscribe
    def keep_judges(self, heard: review.JudgesAssigned, work: Work) -> None:
        """Keep who may read the copies of an entry's papers, under which code."""
        place = (heard.contest_id, heard.round_id, heard.entry_id)
        copies.keep_judges(work.session, place, heard.code, heard.judge_ids, work.now)

    @subscribe
    def keep_new_judges(self, heard: review.RejudgingSeated, work: Work) -> None:
        """Let those who judge an entry again read it; who judged it before is done with it."""
        place = (heard.contest_id, heard.round_id, heard.entry_id)
        copies.keep_judges(work.session, place, heard.code, heard.judge_ids, work.now)

    @subscribe
    def note_scoring(self, heard: review.EntryScored, work: Work) -> None:
        """Note that the judges are done with the entry."""
        rules = contests.load_rules(work.session, heard.contest_id).rules
        note = f"{round_name(rules, heard.round_id)}: đã chấm xong."
        entries.add_lines(work.session, {heard.entry_id: note}, work.now)

    @subscribe
    def note_round(self, heard: review.RoundClosed, work: Work) -> None:
        """Note who goes on to the next round."""
        rules = contests.load_rules(work.session, heard.contest_id).rules
        name = round_name(rules, heard.round_id)
        outcome = {True: "được vào vòng sau", False: "không vào vòng sau"}
        notes = {
            line.entry_id: f"{name}: {'kết thúc' if heard.is_last else outcome[line.advances]}."
            for line in heard.table
        }
        entries.add_lines(work.session, notes, work.now)

    @subscribe
    def note_results(self, heard: awards.ResultsPublished, work: Work) -> None:
        """Note the prizes, and for the others that results are public."""
        rules = contests.load_rules(work.session, heard.contest_id).rules
        names = {prize.code: prize.name for prize in rules.prizes}
        accepted = entries.accepted_ids(work.session, heard.contest_id)
        notes = dict.fromkeys(accepted, "Đã công bố kết quả cuộc thi.")
        notes |= {
            line.entry_id: f"Đạt {names.get(line.prize, line.prize)}." for line in heard.lines
        }
        entries.add_lines(work.session, notes, work.now)
        onegate.conclude(work.session, heard.contest_id, notes, work.now)

    @subscribe
    def note_revised(self, heard: awards.ResultsRevised, work: Work) -> None:
        """Note which prizes published results gave otherwise than before."""
        rules = contests.load_rules(work.session, heard.contest_id).rules
        names = {prize.code: prize.name for prize in rules.prizes}
        notes = dict.fromkeys(heard.lost, "Kết quả được điều chỉnh; giải đã công bố không còn.")
        notes |= {
            line.entry_id: f"Kết quả được điều chỉnh: đạt {names.get(line.prize, line.prize)}."
            for line in heard.changed
        }
        entries.add_lines(work.session, notes, work.now)


def bar(heard: review.JurySeated | review.JudgeReplaced, work: Work) -> None:
    """Keep those who sit from entering, and take out what they have handed in."""
    contests.find_contest(work.session, heard.contest_id)
    rules = contests.load_rules(work.session, heard.contest_id).rules
    jury = {seat.person_id: seat.role != "SECRETARY" for seat in heard.seats}
    contests.seat(work.session, heard.contest_id, jury)
    authors = people.alike(work.session, jury)
    for entry in entries.load_entries_by(work.session, heard.contest_id, authors):
        disqualify(entry, rules.entrants.excluded_rule, work)


def round_name(rules: Rules, round_id: str) -> str:
    """Return what a round is called; by its id if an amendment has dropped it."""
    return next((one.name for one in rules.rounds if one.id == round_id), round_id)
