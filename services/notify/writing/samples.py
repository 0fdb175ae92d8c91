"""Facts to try words with, in every shape they may have. Nobody and nothing in them is real."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from services.notify import domain
from services.notify.domain import CodedEntry, Contest, Letter, NamedEntry
from services.notify.domain.contest import Prize, Round
from services.notify.domain.quoted import DefenceTime

SOON = datetime(2000, 1, 31, 17, tzinfo=UTC)
NAMED = NamedEntry("MAU-000131-0001", "Sáng kiến mẫu")
BLIND, OPEN = CodedEntry("HS-01", None), CodedEntry("HS-02", "Sáng kiến mẫu")
ROUND, NEXT = "Vòng sơ khảo", "Vòng bảo vệ ý tưởng"
CALENDAR = ("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",)

SAMPLE_CONTEST = Contest(
    contest_id="MAU",
    number=0,
    title="Cuộc thi sáng kiến (mẫu)",
    host="Cơ quan chủ trì (mẫu)",
    intake_desk="Nơi tiếp nhận hồ sơ (mẫu)",
    timezone="Asia/Ho_Chi_Minh",
    papers={"BAN_THUYET_MINH": "Bản thuyết minh"},
    rounds=(Round("SO_KHAO", ROUND, blind=True), Round("BAO_VE", NEXT, blind=False)),
    prizes={"NHAT": Prize("Giải Nhất", "Thủ trưởng cơ quan (mẫu)")},
)


def slot(*, cancelled: bool = False, leaves: bool = False, coded: bool = False) -> DefenceTime:
    """Return a sample slot."""
    entry = BLIND if coded else NAMED
    return DefenceTime(entry, "Hội trường A", SOON, cancelled=cancelled, leaves=leaves)


ALL: tuple[Letter, ...] = (
    domain.Receipt(NAMED, SOON, 1, ("Bản thuyết minh",)),
    domain.Receipt(NAMED, SOON, 2, ()),
    domain.CameLate(NAMED, SOON, "Hạn nộp là 24:00 31/01/2000."),
    domain.SupplementAsked(NAMED, "Nộp bản có chữ ký.", ("Bản thuyết minh",), SOON),
    domain.SupplementAsked(NAMED, "Nộp bản có chữ ký.", (), SOON),
    domain.Accepted(NAMED),
    domain.Refusal(NAMED, "Lý do mẫu."),
    domain.Withdrawal(NAMED, "Lý do mẫu."),
    domain.Withdrawal(NAMED, ""),
    domain.Disqualified(NAMED, "Lý do mẫu."),
    domain.OriginalityRuled(NAMED, "ORIGINAL", "Lý do mẫu."),
    domain.OriginalityRuled(NAMED, "DUPLICATE", "Lý do mẫu."),
    *(domain.Appointed(role) for role in ("CHAIR", "DEPUTY", "MEMBER", "SECRETARY")),
    domain.Assigned(ROUND, (BLIND, OPEN)),
    domain.SecondLook(ROUND, BLIND),
    domain.SecondLook(NEXT, OPEN),
    domain.KeyStoodIn(ROUND, "07/BB-BTC", "Lý do mẫu."),
    domain.Extended(ROUND, SOON, "08/BB-BTC", "Lý do mẫu."),
    domain.CopiesWait(3),
    domain.RoundBegun(ROUND, 12, SOON),
    domain.RoundBegun(ROUND, 12, None),
    domain.RoundEnded(ROUND, 12, 4),
    domain.RoundEnded(NEXT, 4, None),
    domain.Finalist((NAMED,), ROUND, NEXT, 10, 5),
    domain.Finalist((NAMED, NAMED), ROUND, NEXT, None, None),
    domain.DefenceSet(NEXT, (slot(),), 1, "", 10, 5, CALENDAR),
    domain.DefenceSet(NEXT, (slot(cancelled=True),), 2, "Lý do mẫu.", None, None, CALENDAR),
    domain.DefenceHeard(NEXT, (slot(coded=True, leaves=True),), 1, "", CALENDAR),
    domain.DefenceHeard(NEXT, (), 2, "Lý do mẫu.", CALENDAR),
    domain.Won((domain.WonPrize(NAMED, "Giải Nhất", "Thủ trưởng cơ quan (mẫu)"),)),
    domain.ResultsOut((NAMED,)),
    domain.PaperReady(NAMED, "05/QĐ-MAU"),
    domain.ResultsChanged(NAMED),
    domain.PrizeRevoked(NAMED, "Giải Nhất", "08/QĐ-MAU", "Lý do mẫu."),
    domain.PetitionFiled(NAMED, "COMPLAINT"),
    *(
        domain.PetitionNews(NAMED, "PETITION", state, "Nội dung mẫu.", SOON)
        for state in ("ACCEPTED", "REFUSED", "REJUDGING", "UPHELD", "DISMISSED", "WITHDRAWN")
    ),
    domain.PetitionNews(NAMED, "COMPLAINT", "REJUDGED", "", None),
    domain.PetitionDue(NAMED, "PETITION", SOON),
    domain.RejudgingAsked(ROUND, "HS-01", "09/QĐ-MAU"),
    *(
        domain.MilestoneDue("Sáng kiến mẫu", "Đơn vị mẫu", "Mốc mẫu", date(2000, 1, 31), days)
        for days in (-7, 0, 3)
    ),
    domain.DraftUnfinished(1, SOON),
    domain.SheetsDue(ROUND, 3, SOON),
    domain.UnitSilent(SOON),
    domain.Digest(("Hồ sơ dự thi MAU-000131-0001 hợp lệ",)),
)

SAMPLES: Mapping[str, tuple[Letter, ...]] = {
    code: tuple(one for one in ALL if one.template == code)
    for code in dict.fromkeys(one.template for one in ALL)
}
