"""A contest, an entry and a letter of each kind, as notify knows them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import msgspec

from contracts.rules import Rules
from services.notify.domain import (
    Accepted,
    Appointed,
    Assigned,
    CameLate,
    CodedEntry,
    Contest,
    CopiesWait,
    DefenceHeard,
    DefenceSet,
    Disqualified,
    Entry,
    Extended,
    Finalist,
    KeyStoodIn,
    MilestoneDue,
    NamedEntry,
    PetitionNews,
    PrizeRevoked,
    Receipt,
    Refusal,
    RejudgingAsked,
    ResultsChanged,
    ResultsOut,
    SecondLook,
    SupplementAsked,
    Withdrawal,
    Won,
    WonPrize,
)
from services.notify.domain.quoted import DefenceTime

NOON = datetime(2022, 7, 1, 5, tzinfo=UTC)
CLOSING = datetime(2022, 8, 15, 1, tzinfo=UTC)


def a_round(round_id, name, *, blind, **others):
    return {
        "id": round_id,
        "name": name,
        "blind": blind,
        "scale": "100",
        "step": "0.5",
        "rubric": [{"code": "TINH_MOI", "name": "Tính mới", "max": "100"}],
        "rounding": {"places": 2},
        **others,
    }


def an_authority(code, name):
    return {
        "code": code,
        "name": name,
        "issuer": name.upper(),
        "symbol": "QĐ",
        "signer_title": "CHỦ TỊCH",
        "place": "Hậu Giang",
    }


def a_prize(code, name, authority):
    return {
        "code": code,
        "name": name,
        "count": 1,
        "commendation": "BANG_KHEN",
        "authority": authority,
        "min_score": "65",
    }


def a_paper(code, name):
    return {"code": code, "name": name, "types": ["pdf"], "max_mb": 20}


def some_rules(contest_id="HG-CCHC-2022", title="Cuộc thi sáng kiến cải cách hành chính 2022"):
    slot = {"present_minutes": 10, "question_minutes": 5}
    return msgspec.convert(
        {
            "id": contest_id,
            "title": title,
            "legal_profile": "2022",
            "timezone": "Asia/Ho_Chi_Minh",
            "basis": [],
            "organiser": {
                "host": "UBND tỉnh Hậu Giang",
                "standing_unit": "SNV",
                "intake_desk": "Phòng Cải cách hành chính, Sở Nội vụ",
            },
            "intake": {"opens": "2022-06-29T17:00:00Z", "closes": "2022-08-15T17:00:00Z"},
            "supplement": {"max_requests": 1, "working_days": 5, "never_after_closing_by": 5},
            "areas": [],
            "indexes": [],
            "entrants": {
                "kinds": ["INDIVIDUAL"],
                "groups": [],
                "excluded": [],
                "excluded_rule": "",
                "max_authors": 5,
                "shares_required": True,
            },
            "novelty": {
                "scope": [],
                "forbid": [],
                "cutoff": "2022-06-30",
                "report_above": "0.2",
                "must_review_above": "0.3",
            },
            "dossier": {
                "required": [a_paper("BAN_THUYET_MINH", "Bản thuyết minh")],
                "optional": [a_paper("MINH_CHUNG", "Tài liệu minh chứng")],
            },
            "receipt": {"title": "", "unit_code": "H30", "code_format": "{seq}"},
            "rounds": [
                a_round("SO_KHAO", "Vòng sơ khảo", blind=True),
                a_round("BAO_VE", "Vòng bảo vệ ý tưởng", blind=False, slot=slot),
            ],
            "weights": {"SO_KHAO": "0.4", "BAO_VE": "0.6"},
            "final_rounding": {"places": 2},
            "tie_break": ["council_vote"],
            "authorities": [
                an_authority("CT_UBND", "Chủ tịch UBND tỉnh Hậu Giang"),
                an_authority("GD_SNV", "Giám đốc Sở Nội vụ"),
            ],
            "prizes": [
                a_prize("NHAT", "Giải Nhất", "CT_UBND"),
                a_prize("KHUYEN_KHICH", "Giải Khuyến khích", "GD_SNV"),
            ],
        },
        Rules,
    )


CONTEST = Contest.of("HG-CCHC-2022", 0, some_rules())

ENTRY = Entry(
    contest_id="HG-CCHC-2022",
    entry_id="e-1",
    receipt_code="H30-220701-0001",
    title="Một cửa số cho cấp xã",
    author_ids=("p-1", "p-2"),
    filed_by="p-1",
    filed_through="ONLINE",
)


def an_entry(number=1, **changes):
    named = {"entry_id": f"e-{number}", "receipt_code": f"H30-220701-{number:04d}"}
    return replace(ENTRY, **{**named, "title": f"Sáng kiến {number}", **changes})


NAMED = NamedEntry("H30-220701-0001", "Một cửa số cho cấp xã")

LETTERS = (
    Receipt(NAMED, CLOSING, 1, ()),
    Receipt(NAMED, CLOSING, 2, ("Bản thuyết minh",)),
    CameLate(NAMED, CLOSING, "Hạn nộp là 24:00 15/08/2022; hồ sơ đến lúc 00:00:01 16/08/2022."),
    SupplementAsked(NAMED, "Nộp bản có chữ ký.", ("Bản thuyết minh",), CLOSING),
    SupplementAsked(NAMED, "Nộp bản có chữ ký.", (), CLOSING),
    Accepted(NAMED),
    Refusal(NAMED, "Nộp sau thời hạn."),
    Withdrawal(NAMED, ""),
    Withdrawal(NAMED, "Chuyển sang cuộc thi khác."),
    Disqualified(NAMED, "Trùng với sáng kiến đã biết."),
    Appointed("CHAIR"),
    Appointed("MEMBER"),
    Appointed("SECRETARY"),
    Assigned("Vòng sơ khảo", (CodedEntry("HS-01", None), CodedEntry("HS-02", None))),
    Assigned("Vòng bảo vệ ý tưởng", (CodedEntry("HS-01", "Một cửa số cho cấp xã"),)),
    SecondLook("Vòng sơ khảo", CodedEntry("HS-01", None)),
    SecondLook("Vòng bảo vệ ý tưởng", CodedEntry("HS-01", "Một cửa số cho cấp xã")),
    KeyStoodIn("Vòng sơ khảo", "07/BB-BGK", "Hỏng máy tính."),
    Extended("Vòng sơ khảo", CLOSING, "08/BB-BGK", "Hai giám khảo đi công tác."),
    CopiesWait(3),
    Finalist((NAMED,), "Vòng sơ khảo", "Vòng bảo vệ ý tưởng", 10, 5),
    Finalist((NAMED,), "Vòng sơ khảo", "Vòng chung kết", None, None),
    DefenceSet(
        "Vòng bảo vệ ý tưởng",
        (DefenceTime(NAMED, "Hội trường A", CLOSING),),
        *(1, "Theo kế hoạch", 10, 5, ("BEGIN:VCALENDAR",)),
    ),
    DefenceSet(
        "Vòng bảo vệ ý tưởng",
        (DefenceTime(NAMED, "Hội trường A", CLOSING, cancelled=True),),
        *(2, "Hồ sơ được rút khỏi cuộc thi.", None, None, ("BEGIN:VCALENDAR",)),
    ),
    DefenceHeard(
        "Vòng bảo vệ ý tưởng",
        (
            DefenceTime(CodedEntry("HS-01", None), "Phòng 2", CLOSING),
            DefenceTime(CodedEntry("HS-02", "Tên"), "Phòng 2", CLOSING, leaves=True),
        ),
        *(1, "Theo kế hoạch", ("BEGIN:VCALENDAR",)),
    ),
    DefenceHeard("Vòng bảo vệ ý tưởng", (), 2, "Đổi phòng.", ("BEGIN:VCALENDAR",)),
    Won((WonPrize(NAMED, "Giải Nhất", "Chủ tịch UBND tỉnh Hậu Giang"),)),
    ResultsOut((NAMED,)),
    PetitionNews(NAMED, "COMPLAINT", "ACCEPTED", "", CLOSING),
    RejudgingAsked("Vòng sơ khảo", "HG-01", "07/QĐ-BTC"),
    ResultsChanged(NAMED),
    PrizeRevoked(NAMED, "Giải Nhì", "08/QĐ-UBND", "Sao chép."),
    MilestoneDue("Một cửa số", "Sở Tư pháp", "Tập huấn cán bộ", date(2022, 12, 1), -7),
)
