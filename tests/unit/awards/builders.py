"""A contest like that of Hậu Giang in 2022, made small: rules, marks and papers for tests."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

from contracts.rules import (
    Authority,
    Basis,
    Criterion,
    Dossier,
    Entrants,
    Novelty,
    Organiser,
    Prize,
    Receipt,
    Round,
    Rounding,
    Rules,
    Supplement,
    Window,
)
from services.awards.domain.ranking import Candidate, Result
from services.awards.domain.wording import Award, Issue

TITLE = (
    "Đề xuất mô hình, sáng kiến, giải pháp trong thực hiện nhiệm vụ cải cách hành chính và "
    "chuyển đổi số trên địa bàn tỉnh Hậu Giang năm 2022"
)

CHAIRMAN = Authority(
    code="CT_UBND",
    name="Chủ tịch UBND tỉnh Hậu Giang",
    issuer="ỦY BAN NHÂN DÂN TỈNH HẬU GIANG",
    symbol="QĐ-UBND",
    signer_title="CHỦ TỊCH",
    place="Hậu Giang",
)
DIRECTOR = Authority(
    code="GD_SNV",
    name="Giám đốc Sở Nội vụ tỉnh Hậu Giang",
    parent="ỦY BAN NHÂN DÂN TỈNH HẬU GIANG",
    issuer="SỞ NỘI VỤ",
    symbol="QĐ-SNV",
    signer_title="GIÁM ĐỐC",
    place="Hậu Giang",
)


def a_prize(code, count, min_score, office=("CT_UBND", "BANG_KHEN"), name=None, **others):
    return Prize(
        code=code,
        name=name or f"Giải {code}",
        count=count,
        commendation=office[1],
        authority=office[0],
        min_score=Decimal(min_score),
        **others,
    )


PRIZES = (
    a_prize("NHAT", 1, 85, name="Giải Nhất"),
    a_prize("NHI", 1, 80, name="Giải Nhì"),
    a_prize("BA", 2, 75, name="Giải Ba"),
    a_prize("KHUYEN_KHICH", 4, 65, ("GD_SNV", "GIAY_KHEN"), name="Giải Khuyến khích"),
)


def a_round(round_id, *criteria):
    return Round(
        id=round_id,
        name=round_id,
        blind=False,
        scale=Decimal(100),
        step=Decimal("0.5"),
        rubric=tuple(Criterion(code=code, name=code, max=Decimal(50)) for code in criteria),
        rounding=Rounding(places=2),
    )


def some_rules(contest_id="HG-CCHC-2022", prizes=PRIZES, chain=None, **others):
    return Rules(
        id=contest_id,
        title=TITLE,
        timezone="Asia/Ho_Chi_Minh",
        basis=(
            Basis(
                doc="Kế hoạch 125/KH-UBND",
                issued_on=date(2022, 6, 24),
                issuer="UBND tỉnh Hậu Giang",
            ),
        ),
        organiser=Organiser(host="UBND tỉnh Hậu Giang", standing_unit="SNV", intake_desk="CCHC"),
        intake=Window(
            opens=datetime(2022, 6, 29, 17, tzinfo=UTC),
            closes=datetime(2022, 8, 15, 17, tzinfo=UTC),
        ),
        supplement=Supplement(max_requests=1, working_days=5, never_after_closing_by=5),
        areas=(),
        indexes=(),
        entrants=Entrants(
            kinds=("INDIVIDUAL", "COLLECTIVE"),
            groups=(),
            excluded=(),
            excluded_rule="",
            max_authors=5,
            shares_required=True,
        ),
        novelty=Novelty(
            scope=(),
            forbid=(),
            cutoff=date(2022, 6, 30),
            report_above=Decimal("0.2"),
            must_review_above=Decimal("0.3"),
        ),
        dossier=Dossier(required=()),
        receipt=Receipt(title="", unit_code="SNV", code_format="{seq}"),
        rounds=(a_round("SO_KHAO", "TINH_MOI", "HIEU_QUA"), a_round("BAO_VE", "NOI_DUNG")),
        weights={"SO_KHAO": Decimal("0.4"), "BAO_VE": Decimal("0.6")},
        tie_break=chain
        or ("SO_KHAO.TINH_MOI", "SO_KHAO.HIEU_QUA", "BAO_VE.total", "council_vote"),
        authorities=(CHAIRMAN, DIRECTOR),
        prizes=prizes,
        **{"legal_profile": "2022", "final_rounding": Rounding(places=2), **others},
    )


def a_result(total, **criteria):
    return Result(Fraction(total), {code: Fraction(mean) for code, mean in criteria.items()})


def a_candidate(entry_id, first, last, new=20, useful=20):
    """Return an entry with its mean totals of both rounds and two criteria of the first."""
    return Candidate(
        entry_id,
        {
            "SO_KHAO": a_result(first, TINH_MOI=new, HIEU_QUA=useful),
            "BAO_VE": a_result(last, NOI_DUNG=30),
        },
    )


LONG_TITLE = (
    "Ứng dụng trợ lý ảo hướng dẫn người dân chuẩn bị hồ sơ thủ tục hành chính lĩnh vực đất đai "
    "tại Bộ phận Một cửa cấp huyện"
)

AWARDS = (
    Award(
        title=LONG_TITLE,
        authors=("Nguyễn Thị Hồng Nhung", "Trần Quốc Việt", "Lê Hoàng Phúc"),
        unit="Ủy ban nhân dân huyện Châu Thành A",
        prize="Giải Nhất",
        score=Decimal("91.25"),
    ),
    Award(
        title="Mô hình “5 tại chỗ”",
        authors=("Danh Thị Mỹ Duyên",),
        unit=None,
        prize="Giải Nhì",
        score=Decimal("87.50"),
    ),
)

AN_ISSUE = Issue(CHAIRMAN, "BANG_KHEN", 5, date(2023, 1, 5))
