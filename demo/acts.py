"""The contest up to the judges: opening, entries, originality. `demo.judging` goes on."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec import to_builtins

from demo.api import Api
from demo.build import FILES, paper_file
from demo.cast import Entry, read_register
from demo.stage import OPERATOR, Stage, expect_refusal, side_by_side
from demo.tape import LOCAL

ROOT = Path(__file__).parents[1]
MEDIA = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
CSV = {"Content-Type": "text/csv"}
DECLARATIONS = ("BAN_CAM_KET",)
DECLARATIONS = ("CHINH_TAC_GIA", "CHUA_CONG_BO", "CHUA_DU_THI")


def local(*parts: int) -> datetime:
    """Return an instant of Vietnam time."""
    return datetime(*parts, tzinfo=LOCAL)  # type: ignore[arg-type, misc]


def open_contest(stage: Stage) -> None:
    """Check the rules file, open it, and print the hash it is frozen under."""
    stage.at(local(2022, 6, 28, 8, 0))
    stage.open_the_door()
    operator = stage.caller(OPERATOR)
    units = (ROOT / "contests/agencies/hau-giang-2022.csv").read_bytes()
    read = operator.request("POST", "/v1/agencies/import", content=units, headers=CSV)
    print(f"  {read['units']} đơn vị được phép tham gia")
    side_by_side(stage.admit, stage.cast.people)
    print(f"  {len(stage.cast.people)} tài khoản")
    source = (ROOT / stage.cast.rules).read_text()
    organiser = stage.caller("ban-to-chuc")
    text = {"Content-Type": "application/yaml"}
    checked = organiser.request("POST", "/v1/contests/check", content=source, headers=text)
    print(f"  tệp thể lệ: {len(checked['mistakes'])} lỗi, sha256 {checked['sha256']}")
    opened = organiser.request("POST", "/v1/contests", content=source, headers=text)
    print(f"  đã mở {opened['contest_id']}, khóa theo sha256 {opened['sha256']}")
    register = read_register()
    count = organiser.post("/v1/initiatives", to_builtins(register))
    print(f"  sổ sáng kiến đã biết: {count} sáng kiến")
    seats = [
        {
            "person_id": stage.caller(seat.person).person_id,
            "role": seat.role,
            "unit_id": stage.cast.person(seat.person).unit,
        }
        for seat in stage.cast.jury
    ]
    organiser.put(f"{stage.contest}/jury", {"seats": seats})
    secret = stage.caller("mot-cua").put("/v1/webhook", {"url": stage.ear.url})["secret"]
    stage.ear.secret = secret


def file_entries(stage: Stage) -> None:
    """Hand in every entry at its instant, and do what the desk does with each."""
    moments: list[tuple[datetime, Any, Entry]] = []
    for entry in stage.cast.entries:
        moments.append((entry.at, hand_in, entry))
        if entry.asked_at and entry.completed_at:
            moments.append((entry.asked_at, ask_for_supplement, entry))
            moments.append((entry.completed_at, complete, entry))
        if entry.withdrawn_at:
            moments.append((entry.withdrawn_at, withdraw, entry))
    for instant, act, entry in sorted(moments, key=lambda moment: moment[0]):
        stage.at(instant)
        act(stage, entry)
    taken = [e for e in stage.cast.entries if e.outcome in ("VALID", "DUPLICATE")]
    stage.at(local(2022, 8, 16, 15, 0))
    of_staff = [entry for entry in taken if entry.unit]
    side_by_side(lambda entry: confirm_by_unit(stage, entry), of_staff)
    print(f"  {len(of_staff)} hồ sơ của cán bộ được thủ trưởng đơn vị xác nhận")
    stage.at(local(2022, 8, 17, 9, 0))
    secretary = stage.caller("thu-ky-1")
    side_by_side(lambda e: check_and_accept(secretary, stage.entry_ids[e.number]), taken)
    print(f"  {len(taken)} hồ sơ đủ thành phần, đã kiểm tra thể thức, hợp lệ")


def check_and_accept(secretary: Api, entry_id: str) -> None:
    """Look at what only a person can see, and accept the dossier."""
    path = f"/v1/entries/{entry_id}"
    for line in secretary.get(f"{path}/checklist")["lines"]:
        if line["state"] == "OPEN":
            secretary.put(f"{path}/checklist/{line['item']}", {"ok": True})
    secretary.post(f"{path}/accept")


def draft(stage: Stage, entry: Entry) -> str:
    """Begin an entry and upload its documents; return its id."""
    filer, text = stage.caller(entry.filed_by), stage.texts[entry.number]
    authors = []
    for part in entry.authors:
        person = stage.cast.person(part.person)
        authors.append(
            {
                "full_name": person.full_name,
                "email": person.email,
                "unit_id": person.unit,
                "share": str(part.share),
                "person_id": stage.caller(part.person).person_id,
            }
        )
    body = {
        "kind": entry.kind,
        "group": entry.group,
        "title": text.title,
        "summary": text.summary,
        "area": entry.area,
        "channel": entry.channel,
        "unit_id": entry.unit,
        "external_code": entry.external_code,
        "authors": authors,
        "enterprise": to_builtins(entry.enterprise),
        "improves": to_builtins(entry.improves),
    }
    entry_id = str(filer.post(f"{stage.contest}/entries", body)["entry_id"])
    attach(stage, entry, entry_id, "BAN_THUYET_MINH", entry.file)
    for code in entry.papers:
        if code != entry.lacks_at_first:
            attach(stage, entry, entry_id, code, paper_file(entry, code))
    return entry_id


def attach(stage: Stage, entry: Entry, entry_id: str, code: str, name: str) -> None:
    """Upload one of the demo's files."""
    path = FILES / name
    stage.caller(entry.filed_by).upload(entry_id, code, path, MEDIA[path.suffix])


def hand_in(stage: Stage, entry: Entry) -> None:
    """Draft a minute before the entry's instant, submit at it; print the receipt or refusal."""
    stage.at(entry.at - timedelta(minutes=1))
    entry_id = stage.entry_ids[entry.number] = draft(stage, entry)
    declared = () if entry.lacks_at_first else DECLARATIONS
    path = f"/v1/entries/{entry_id}/submit"
    filer = stage.caller(entry.filed_by)
    stage.at(entry.at)
    if entry.outcome == "REFUSED":
        said = expect_refusal("Excluded", lambda: filer.post(path, {"declarations": declared}))
        print(f"  {entry.number:>2}. KHÔNG NHẬN: {said}")
        return
    receipt = filer.post(path, {"declarations": declared})
    if receipt["late"] != (entry.outcome == "LATE"):
        raise AssertionError(f"entry {entry.number}: {receipt['rule']}")
    missing = f"; thiếu {', '.join(receipt['missing'])}" if receipt["missing"] else ""
    late = f"; NỘP MUỘN, vẫn lưu giữ: {receipt['rule']}" if receipt["late"] else ""
    print(f"  {entry.number:>2}. {receipt['receipt_code']} ({entry.channel}){missing}{late}")


def ask_for_supplement(stage: Stage, entry: Entry) -> None:
    """Ask for what is missing, as the desk does."""
    due = stage.caller("thu-ky-1").post(
        f"/v1/entries/{stage.entry_ids[entry.number]}/return",
        {"request": "Đề nghị bổ sung bản cam kết.", "missing": [entry.lacks_at_first]},
    )
    print(f"  {entry.number:>2}. yêu cầu bổ sung {entry.lacks_at_first}, hạn {due['due_at']}")


def complete(stage: Stage, entry: Entry) -> None:
    """Add the missing document and hand in again."""
    entry_id = stage.entry_ids[entry.number]
    code = entry.lacks_at_first or ""
    attach(stage, entry, entry_id, code, paper_file(entry, code))
    filer = stage.caller(entry.filed_by)
    receipt = filer.post(f"/v1/entries/{entry_id}/submit", {"declarations": DECLARATIONS})
    print(f"  {entry.number:>2}. đã bổ sung, lần nộp thứ {receipt['version']}")


def confirm_by_unit(stage: Stage, entry: Entry) -> None:
    """Confirm an entry as the head of its unit does."""
    head = stage.cast.head_of(entry.unit)
    if head is None:
        raise AssertionError(f"nobody heads {entry.unit}")
    path = f"/v1/entries/{stage.entry_ids[entry.number]}/confirmation"
    stage.caller(head.id).post(path, {"confirmed": True})


def withdraw(stage: Stage, entry: Entry) -> None:
    """Take the entry back, as its entrant may."""
    path = f"/v1/entries/{stage.entry_ids[entry.number]}/withdraw"
    stage.caller(entry.filed_by).post(path, {"reason": entry.withdrawn_because})
    print(f"  {entry.number:>2}. đã rút")


def check_originality(stage: Stage) -> None:
    """Wait for the reports, read those that need somebody, and rule."""
    stage.at(local(2022, 8, 22, 9, 0))
    secretary = stage.caller("thu-ky-1")
    filed = [e for e in stage.cast.entries if e.outcome in ("VALID", "DUPLICATE")]
    wanted = {stage.entry_ids[entry.number] for entry in filed}
    copied = {stage.entry_ids[entry.number] for entry in filed if entry.outcome == "DUPLICATE"}

    def are_there(said: list[dict[str, Any]]) -> bool:
        """Say whether all is compared, also with what was read after it."""
        levels = {line["entry_id"]: line["level"] for line in said}
        return wanted <= levels.keys() and all(levels[one] != "CLEAR" for one in copied)

    reports = secretary.until(f"{stage.contest}/originality", are_there)
    for line in reports:
        if line["entry_id"] in wanted and line["level"] != "CLEAR":
            rule(stage, line["entry_id"])
    quoted = [e for e in filed if e.role == "law_quote"]
    for entry in quoted:
        report = secretary.get(f"/v1/entries/{stage.entry_ids[entry.number]}/originality")
        print(
            f"  {entry.number:>2}. {report['level']}: trùng {report['share']},"
            f" phần trích dẫn pháp luật đã loại trừ {report['excluded_share']}"
        )
        if report["level"] != "CLEAR":
            raise AssertionError("a quotation of the law was flagged")
    for entry_id in copied:
        secretary.until(f"/v1/entries/{entry_id}", lambda entry: entry["state"] == "DISQUALIFIED")


def rule(stage: Stage, entry_id: str) -> None:
    """Print the passages of a report and rule on it, as a person does."""
    secretary = stage.caller("thu-ky-1")
    report = secretary.get(f"/v1/entries/{entry_id}/originality")
    number = stage.number_of[entry_id]
    entry = stage.entry(number)
    print(f"  {number:>2}. {report['level']}: {report['share']} số từ trùng với nguồn khác")
    for match in report["matches"]:
        print(f"      nguồn: {match['title']} ({match['source_kind']}, {match['share']})")
        for passage in match["passages"][:2]:
            print(f"        hồ sơ : “{shorten(passage['text'])}”")
            print(f"        nguồn : “{shorten(passage['source_text'])}”")
    is_duplicate = entry.outcome == "DUPLICATE"
    secretary.post(
        f"/v1/entries/{entry_id}/originality/rulings",
        {
            "report_id": report["report_id"],
            "ruling": "DUPLICATE" if is_duplicate else "ORIGINAL",
            "reason": entry.ruling or "Hai nguồn khác nhau về giải pháp.",
        },
    )
    print(f"      kết luận: {'TRÙNG Ý TƯỞNG' if is_duplicate else 'KHÔNG TRÙNG'}")


def shorten(text: str, length: int = 110) -> str:
    """Return the beginning of a text on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[:length].rsplit(" ", 1)[0] + " …"
