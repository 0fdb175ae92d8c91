"""A small contest at the door of its judges, in a province of its own on a running stack."""

import io
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from docx import Document

from demo.acts import check_and_accept
from demo.api import Api
from demo.sealing import seal
from demo.stage import side_by_side

ROOT = Path(__file__).parents[2]
TENANT, CONTEST, ROUND = "tinh-mau", "HG-CCHC-2023", "SO_KHAO"
WORD = "mat-khau-mau-thu"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DUE = "2023-09-20T17:00:00+07:00"
PEOPLE = {
    "thu-ky": ("Thư ký mẫu", "secretary"),
    "gk-1": ("Giám khảo mẫu Một", "judge", "chair"),
    "gk-2": ("Giám khảo mẫu Hai", "judge"),
    "gk-3": ("Giám khảo mẫu Ba", "judge"),
    "gk-4": ("Giám khảo mẫu Bốn", "judge"),
    "tac-gia": ("Tác giả mẫu", "entrant"),
}
UNITS = {"gk-1": "VPHDND", "gk-2": "SNV", "gk-3": "STTTT"}
OFFICERS = ("gk-1", "thu-ky")
TITLES = (
    "Trả kết quả thủ tục hành chính tại nhà qua bưu điện",
    "Sổ tay điện tử cho cán bộ một cửa cấp xã",
    "Nhắc hẹn giải quyết hồ sơ qua tin nhắn",
)
CHANGES = (
    ("HG-CCHC-2022", CONTEST),
    ("2022-", "2023-"),
    ("jury_size: 7", "jury_size: 3"),
    ("judges_per_entry: 3", "judges_per_entry: 2"),
    ('divergence: {threshold: "15"}', ('divergence: {threshold: "15", then: discuss}\n'
     "    missing: {ways: [replace, quorum, extend], quorum: 1}")),
    ('name: "Tính hiệu quả, lợi ích thiết thực"',
     ('name: "Tính hiệu quả, lợi ích thiết thực"\n        marked: parts\n'
     '        comment_below: "9"\n        comment_above: "27"')),
)  # fmt: skip


@dataclass
class Jury:
    """Everybody of the contest, signed in to the API by login; entries by code once it opened."""

    stack: object
    folder: Path
    callers: dict[str, Api] = field(default_factory=dict)
    entry_ids: list[str] = field(default_factory=list)

    @property
    def contest(self) -> str:
        return f"/v1/contests/{CONTEST}"

    @property
    def round(self) -> str:
        return f"{self.contest}/rounds/{ROUND}"

    @property
    def url(self) -> str:
        return self.stack.addresses.http_url

    def id_of(self, login: str) -> str:
        return self.callers[login].person_id

    def desk(self, login: str) -> list[dict]:
        return self.callers[login].get(f"{self.round}/assignments")

    def close(self) -> None:
        for api in self.callers.values():
            api.close()


def api_of(stack) -> Api:
    api = Api(stack.addresses.http_url)
    api.http.headers["X-Tenant"] = TENANT
    return api


def gather(stack, folder: Path) -> Jury:
    """Bring three entries as far as the jury's door, which is seated; nothing is sealed yet."""
    jury = Jury(stack, folder)
    stack.set_clock(datetime(2023, 7, 10, 3, 0, tzinfo=UTC))
    subprocess.run(
        [ROOT / ".venv/bin/sangkien", "account", "add", "to-chuc", "--tenant", TENANT,
         "--roles", "organiser,operator", "--password-stdin"],
        env=stack.env("gateway"), input=WORD, text=True, check=True, capture_output=True,
    )  # fmt: skip
    organiser = jury.callers["to-chuc"] = api_of(stack).sign_in("to-chuc", WORD)
    units = (ROOT / "contests/agencies/hau-giang-2022.csv").read_bytes()
    csv = {"Content-Type": "text/csv"}
    organiser.request("POST", "/v1/agencies/import", content=units, headers=csv)
    organiser.request("POST", "/v1/contests", content=rules().encode())
    side_by_side(lambda login: admit(jury, login), PEOPLE)
    seats = [
        {"person_id": jury.id_of(one), "unit_id": unit,
         "role": "CHAIR" if one == "gk-1" else "MEMBER"}
        for one, unit in UNITS.items()
    ]  # fmt: skip
    decision = {"number": "05/QĐ-BTC", "issued_on": "2023-07-01"}
    organiser.put(f"{jury.contest}/jury", {"seats": seats, "decision": decision})
    side_by_side(lambda title: hand_in(jury, title), TITLES)
    stack.set_clock(datetime(2023, 8, 17, 2, 0, tzinfo=UTC))
    for entry_id in jury.entry_ids:
        check_and_accept(jury.callers["thu-ky"], entry_id)
    approve_copies(jury)
    find_original(jury)
    stack.set_clock(datetime(2023, 9, 5, 2, 0, tzinfo=UTC))
    return jury


def admit(jury: Jury, login: str) -> None:
    """Make somebody's account and sign them in."""
    full_name, *roles = PEOPLE[login]
    account = {"login": login, "password": WORD, "roles": roles, "full_name": full_name}
    more = {"unit_id": UNITS.get(login), "email": f"{login}@mau.example"}
    jury.callers["to-chuc"].post("/v1/accounts", account | more)
    jury.callers[login] = api_of(jury.stack).sign_in(login, WORD)


def rules() -> str:
    """Return a rules file for two judges an entry, with bars for comments and three ways out."""
    source = (ROOT / "contests/hau-giang-2022.yaml").read_text()
    for before, after in CHANGES:
        assert before in source, before
        source = source.replace(before, after)
    return source


def approve_copies(jury: Jury) -> None:
    """Approve the copies without names, so that judges of the blind round read titles."""
    secretary = jury.callers["thu-ky"]
    secretary.until(
        f"{jury.contest}/blind-copies",
        lambda said: {one["entry_id"] for one in said} == set(jury.entry_ids),
        seconds=120,
    )
    for entry_id in jury.entry_ids:
        path = f"/v1/entries/{entry_id}/blind-copies"
        for copy in secretary.get(path):
            said = {"number": copy["number"], "looked": bool(copy["unread"])}
            secretary.post(f"{path}/{copy['place']}/approve", said)


def hand_in(jury: Jury, title: str) -> None:
    """Hand in an entry with its description as a Word document."""
    author = jury.callers["tac-gia"]
    entry = {
        "kind": "INDIVIDUAL",
        "group": "NGUOI_DAN",
        "area": "TTHC",
        "title": title,
        "summary": f"{title}.\nNgười dân nhận kết quả mà không phải đi lại nhiều lần.",
        "authors": [{"full_name": "Tác giả mẫu", "email": "tac-gia@mau.example",
                     "person_id": author.person_id}],
    }  # fmt: skip
    entry_id = author.post(f"{jury.contest}/entries", entry)["entry_id"]
    file, document = io.BytesIO(), Document()
    document.add_paragraph(f"{title}. Nội dung mô tả giải pháp để Ban Giám khảo xem xét.")
    document.save(file)
    path = jury.folder / f"{entry_id}.docx"
    path.write_bytes(file.getvalue())
    author.upload(entry_id, "BAN_THUYET_MINH", path, DOCX)
    declared = ["CHINH_TAC_GIA", "CHUA_CONG_BO", "CHUA_DU_THI"]
    author.post(f"/v1/entries/{entry_id}/submit",
                {"declarations": declared})  # fmt: skip
    jury.entry_ids.append(entry_id)


def find_original(jury: Jury) -> None:
    """Rule on reports that need somebody: short texts do."""
    secretary = jury.callers["thu-ky"]
    reports = secretary.until(f"{jury.contest}/originality", lambda said: len(said) == 3)
    for entry_id in [one["entry_id"] for one in reports if one["level"] != "CLEAR"]:
        path = f"/v1/entries/{entry_id}/originality"
        report_id = secretary.get(path)["report_id"]
        ruling = {"report_id": report_id, "ruling": "ORIGINAL", "reason": "Khác về giải pháp."}
        secretary.post(f"{path}/rulings", ruling)


def key_file(jury: Jury, login: str) -> Path:
    """Return where somebody keeps their key, on a machine of their own."""
    return jury.folder / f"khoa-{login}.txt"


def confirm_key(jury: Jury, login: str) -> None:
    """Make, register and confirm a key over the API."""
    file, caller = key_file(jury, login), jury.callers[login]
    challenge = caller.put("/v1/sealing-key", {"public_key": seal("new", file)})["sealed"]
    caller.post("/v1/sealing-key/confirmation", {"answer": seal("answer", file, "--", challenge)})


def open_round(jury: Jury) -> None:
    """Let judges mark until the due day; the chair and the secretary hold the keys."""
    officers = [jury.id_of(one) for one in OFFICERS]
    secretary = jury.callers["thu-ky"]
    secretary.until(jury.round, lambda said: said["entries"] == 3)
    secretary.post(f"{jury.round}/open", {"officers": officers, "due": DUE})
