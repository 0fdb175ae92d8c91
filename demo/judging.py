"""The contest from the judges to the results: two rounds, prizes, papers, messages, ledger."""

import email
import email.policy
import json
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from decimal import Decimal
from email.message import EmailMessage
from email.utils import getaddresses
from pathlib import Path
from typing import Any

from demo import blinding, sealing
from demo.acts import ROOT, local
from demo.api import ApiRefused
from demo.cast import Entry, Marks
from demo.stage import OPERATOR, Stage, side_by_side

FIRST, LAST = "SO_KHAO", "BAO_VE"
MINUTES = {"minutes": "01/BB-BGK", "reason": "Hai giám khảo đã trao đổi về điểm lệch."}
PUSHED = {
    "intake.EntrySubmitted",
    "intake.EntryAccepted",
    "review.RoundClosed",
    "awards.ResultsPublished",
}

# What differs between two mails of the same kind: receipt codes, entry codes, counts.
CODES = re.compile(r"(H30-\d{6}-\d{4}|HG-\d+|\b\d+\b)")


def first_round(stage: Stage) -> None:
    """Judge blindly, three judges each; let a diverging judge look again; close at the tie."""
    stage.at(local(2022, 9, 5, 8, 0))
    chair = stage.caller("giam-khao-1")
    # Who marks in a blind round must not be told whose entries are kept from whom.
    sealing.make_keys(stage)
    opened = stage.caller("thu-ky-1").post(
        f"{stage.contest}/rounds/{FIRST}/open", sealing.opening(stage)
    )
    print(f"  {opened['entries']} hồ sơ, {opened['assignments']} lượt chấm")
    kept = Counter(line["reason"] for line in opened["kept_away"])
    for reason, count in kept.items():
        print(f"  không phân công ({count}): {reason}")
    insist("no judge was kept away from an entry", met=bool(kept))
    by_title = blinding.titles(stage)
    seen: Counter[int] = Counter()
    second_looks: list[tuple[str, str, Entry, int]] = []
    stage.at(local(2022, 9, 12, 8, 0))
    for seat in stage.cast.jury:
        desk = f"{stage.contest}/rounds/{FIRST}/assignments"
        for line in stage.caller(seat.person).get(desk):
            entry = by_title[line["title"]]
            order = seen[entry.number]
            seen[entry.number] += 1
            give(stage, FIRST, seat.person, line["code"], stage.cast.first_marks(entry, order))
            if entry.diverging:
                second_looks.append((seat.person, line["code"], entry, order))
    look_again(stage, second_looks)
    table = chair.post(f"{stage.contest}/rounds/{FIRST}/close")
    print_table(stage, table)
    insist("nobody stands equal at the cut-off", met=any(x["tied_at_cutoff"] for x in table))


def look_again(stage: Stage, sheets: list[tuple[str, str, Entry, int]]) -> None:
    """Open the sheets; let the one pair of judges who stand apart mark again, as asked."""
    stage.at(local(2022, 9, 26, 8, 0))
    sealing.unseal(stage, FIRST)
    asked = 0
    for person, code, entry, order in sheets:
        desk = f"{stage.contest}/rounds/{FIRST}/assignments"
        state = next(x["state"] for x in stage.caller(person).get(desk) if x["code"] == code)
        if state == "SECOND_LOOK":
            asked += 1
            print(f"  {code}: {stage.cast.person(person).full_name} chấm lại, điểm cũ vẫn lưu")
            marks = entry.second_look if order == 0 and entry.second_look else None
            amended = marks or stage.cast.marks_again(entry, order)
            give(stage, FIRST, person, code, amended, **MINUTES)
    insist(f"{asked} judges were asked to look again, not the two", met=asked == 2)


def give(stage: Stage, round_id: str, person: str, code: str, marks: Marks, **said: str) -> None:
    """Hand in a judge's sheet, marks with a decimal comma as judges write them."""
    typed = {name: str(mark).replace(".", ",") for name, mark in marks.items()}
    sheet = {"marks": typed, **said}
    stage.caller(person).put(f"{stage.contest}/rounds/{round_id}/sheets/{code}", sheet)


def last_round(stage: Stage) -> None:
    """Hold the defence: every judge marks every finalist, but for conflicts."""
    stage.at(local(2022, 10, 11, 8, 0))
    chair = stage.caller("giam-khao-1")
    opened = chair.post(f"{stage.contest}/rounds/{LAST}/open", sealing.opening(stage))
    print(f"  {opened['entries']} hồ sơ bảo vệ, {opened['assignments']} lượt chấm")
    set_defence_day(stage)
    by_title = {text.title: stage.entry(number) for number, text in stage.texts.items()}
    stage.at(local(2022, 10, 12, 13, 30))

    def mark_all(seat: int, person: str) -> None:
        desk = f"{stage.contest}/rounds/{LAST}/assignments"
        for line in stage.caller(person).get(desk):
            marks = stage.cast.defence_marks(by_title[line["title"]], seat)
            give(stage, LAST, person, line["code"], marks)

    persons = [seat.person for seat in stage.cast.jury]
    side_by_side(mark_all, range(len(persons)), persons)
    sealing.unseal(stage, LAST)
    table = chair.post(f"{stage.contest}/rounds/{LAST}/close")
    print_table(stage, table)


def set_defence_day(stage: Stage) -> None:
    """Draw the day up, look at it, and record it."""
    path = f"{stage.contest}/rounds/{LAST}/defence"
    mornings = (((7, 30), (9, 30)), ((9, 45), (12, 0)))
    day = {
        "hours": [
            {
                "starts_at": local(2022, 10, 12, *begin).isoformat(),
                "ends_at": local(2022, 10, 12, *end).isoformat(),
            }
            for begin, end in mornings
        ],
        "rooms": [{"name": "Hội trường A"}],
    }
    secretary = stage.caller("thu-ky-1")
    plan = secretary.post(f"{path}/plan", day)
    print(f"  lịch bảo vệ: giám khảo rời phòng {plan['leavings']} lượt, ít nhất có thể")
    if plan["leavings"] != plan["at_least"]:
        raise AssertionError(plan)
    secretary.post(path, {**day, "reason": "Theo kế hoạch của Ban Tổ chức"})


def print_table(stage: Stage, table: list[dict[str, Any]]) -> None:
    """Print how a round came out."""
    for line in table:
        tie = "  (đồng điểm ở ngưỡng)" if line["tied_at_cutoff"] else ""
        goes_on = "→" if line["advances"] else " "
        number = stage.number_of[line["entry_id"]]
        place = f"  {line['rank']:>3} {goes_on} {line['code']}  {line['score']:>6}"
        print(f"{place}  hồ sơ {number}{tie}")


def prizes(stage: Stage) -> None:
    """Draw up the list, minute and submit it, have both authorities approve it."""
    stage.at(local(2022, 10, 14, 9, 0))
    secretary = stage.caller("thu-ky-1")
    secretary.until(f"{stage.contest}/rounds/{LAST}", lambda said: said["state"] == "CLOSED")
    lines: list[dict[str, Any]] = []
    while not lines:  # awards hears of the closed round a moment later
        lines = propose(stage)
    stage.prizes = lines
    submit(stage)
    for person, authority in (("ct-ubnd", "CT_UBND"), ("gd-snv", "GD_SNV")):
        stage.at(local(2022, 10, 17 if authority == "CT_UBND" else 18, 10, 0))
        said = stage.caller(person).post(
            f"{stage.contest}/prizes/approvals", {"authority": authority}
        )
        print(f"  {authority} đã duyệt; đủ thẩm quyền: {said['complete']}")
    expected = [(won.entry, won.prize, won.final) for won in stage.cast.expected.prizes]
    got = [(stage.number_of[x["entry_id"]], x["prize"], Decimal(x["score"])) for x in lines]
    if sorted(got) != sorted(expected):
        raise AssertionError(f"the prizes are {got}, but the marks lead to {expected}")


def submit(stage: Stage) -> None:
    """Record the minutes of the prize meeting and submit the list; the numbers are samples."""
    meeting = {"number": "05/BB-BTC", "held_on": "2022-10-14", "conclusion": "Nhất trí."}
    stage.caller("thu-ky-1").post(f"{stage.contest}/prizes/meeting", meeting)
    submission = {"number": "12/TTr-SNV", "dated": "2022-10-14"}
    stage.caller("ban-to-chuc").post(f"{stage.contest}/prizes/submission", submission)
    print("  Biên bản họp xét giải 05/BB-BTC, Tờ trình 12/TTr-SNV")


def propose(stage: Stage) -> list[dict[str, Any]]:
    """Ask for the prize list; empty while awards has not heard of the last round."""
    try:
        return list(stage.caller("thu-ky-1").post(f"{stage.contest}/prizes/propose"))
    except ApiRefused as refused:
        if refused.code != "RoundsStillOpen":
            raise
        time.sleep(0.1)
        return []


def papers(stage: Stage, folder: Path) -> None:
    """Publish, fetch every paper from the store and put it under `.local/`."""
    stage.at(local(2022, 10, 20, 9, 0))
    issued = stage.caller("ban-to-chuc").post(f"{stage.contest}/results")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    organiser = stage.caller("ban-to-chuc")
    for paper in issued:
        stem = f"{paper['number']:02}-{paper['symbol']}-{paper['kind'].lower()}"
        if paper["entry_id"]:
            stem += f"-{paper['prize'].lower()}-ho-so-{stage.number_of[paper['entry_id']]:02}"
        for kind in ("pdf", "docx"):
            data = organiser.download(f"/v1/papers/{paper['paper_id']}.{kind}")
            (folder / f"{stem}.{kind}").write_bytes(data)
    kinds = Counter(paper["kind"] for paper in issued)
    print(f"  {kinds['DECISION']} quyết định, {kinds['CERTIFICATE']} bằng khen và giấy khen,")
    print(f"  mỗi văn bản một PDF và một DOCX, ở {folder.relative_to(ROOT)}")
    if kinds != {"DECISION": 2, "CERTIFICATE": len(stage.prizes)}:
        raise AssertionError(f"two decisions and a certificate each were expected, not {kinds}")


def messages(stage: Stage) -> None:
    """Look into the mailbox and at what the one-stop-shop client has heard."""
    operator = stage.caller(OPERATOR)
    path = f"{stage.contest}/deliveries"
    told = operator.until(
        path,
        lambda said: (
            any(x["event_type"] == "awards.ResultsPublished" for x in said)
            # A reminder of what was done meanwhile is let go where a service was away.
            and all(x["state"] in {"SENT", "EXPIRED"} for x in said)
        ),
    )
    mails = [read_mail(path) for path in stage.stack.addresses.mail_dir.glob("*.eml")]
    by_subject = Counter(CODES.sub("…", str(mail["Subject"]).split(":")[0]) for mail in mails)
    for subject, count in by_subject.most_common():
        print(f"  {count:>4} thư  {subject}")
    heard = Counter(item["type"] for item in stage.ear.heard)
    print(f"  hệ thống một cửa nhận {len(stage.ear.heard)} webhook có chữ ký đúng: {dict(heard)}")
    mailed = {address for mail in mails for _, address in getaddresses([str(mail["To"])])}
    should = {p.email for p in stage.cast.people if set(p.roles) & {"entrant", "judge"}}
    late = {p.email for p in stage.cast.people if p.id == "du-thi-20"}  # handed in nothing
    if silent := should - late - mailed:
        raise AssertionError(f"nobody has written to {sorted(silent)}")
    if not stage.ear.heard or stage.ear.forged:
        raise AssertionError("the client's webhooks did not come, or not with a good signature")
    insist(f"the client heard only {sorted(heard)}", met=set(heard) >= PUSHED)
    won = {winner for line in stage.prizes for winner in winners(stage, line)}
    congratulated = {
        address
        for mail in mails
        if str(mail["Subject"]).startswith("Chúc mừng")
        for _, address in getaddresses([str(mail["To"])])
    }
    insist(f"congratulated were {sorted(congratulated)}", met=congratulated == won)
    print(f"  {len(told)} lượt báo tin, tất cả đã gửi")


def winners(stage: Stage, line: dict[str, Any]) -> set[str]:
    """Return the addresses of a winning entry's authors."""
    authors = stage.entry(stage.number_of[line["entry_id"]]).authors
    return {stage.cast.person(author.person).email or "" for author in authors}


def insist(otherwise: str, *, met: bool) -> None:
    """Fail the demo with this sentence unless something is as it must be."""
    if not met:
        raise AssertionError(otherwise)


def read_mail(path: Path) -> EmailMessage:
    """Read one message of the local mailbox."""
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)


def results(stage: Stage, folder: Path) -> None:
    """Fetch the results page; verify the ledger, then a copy with one row changed."""
    page = stage.caller(OPERATOR).send("GET", f"/ket-qua/{stage.cast.contest}")
    page.raise_for_status()
    for line in stage.prizes:
        if stage.texts[stage.number_of[line["entry_id"]]].title not in page.text:
            raise AssertionError("the results page lacks a winner")
    (folder / "ket-qua.html").write_text(page.text)
    print(f"  trang kết quả: {stage.stack.addresses.http_url}/ket-qua/{stage.cast.contest}")
    copy = folder / "so-cai.jsonl"
    print("  $ sangkien ledger verify")
    ledger(stage, "verify", expected=0)
    ledger(stage, "export", str(copy), "--tenant", "hau-giang", expected=0)
    print(f"  $ sangkien ledger seals {copy.name}       (phiếu chấm đúng như lúc niêm phong)")
    ledger(stage, "seals", str(copy), expected=0)
    lines = copy.read_text().splitlines()
    middle = len(lines) // 2
    changed = json.loads(lines[middle])
    changed["type"] = "review.MarksGiven" + "X"
    lines[middle] = json.dumps(changed, ensure_ascii=False)
    copy.write_text("\n".join(lines) + "\n")
    print(f"  $ sangkien ledger verify {copy.name}      (một dòng đã bị sửa trong bản sao)")
    ledger(stage, "verify", str(copy), expected=1)


def ledger(stage: Stage, *arguments: str, expected: int) -> None:
    """Run `sangkien ledger …` and insist on its exit status."""
    done = subprocess.run(
        [sys.executable, "-m", "kernel.operate", "ledger", *arguments],
        env=stage.stack.env("ledger"), capture_output=True, text=True, check=False,
    )  # fmt: skip
    for line in (done.stdout + done.stderr).splitlines():
        print(f"    {line}")
    print(f"    (mã thoát {done.returncode})")
    if done.returncode != expected:
        raise AssertionError(f"exit status {expected} was expected")


def final_table(stage: Stage) -> None:
    """Print the winners."""
    names = {
        "NHAT": "Giải Nhất",
        "NHI": "Giải Nhì",
        "BA": "Giải Ba",
        "KHUYEN_KHICH": "Khuyến khích",
    }
    print()
    print("  giải           điểm   hồ sơ  tên")
    for line in stage.prizes:
        number = stage.number_of[line["entry_id"]]
        print(
            f"  {names[line['prize']]:<13} {line['score']:>6}   {number:>4}  {line['title'][:70]}"
        )
