"""The rules of a contest, as far as originality asks."""

from datetime import UTC, date, datetime
from decimal import Decimal

from contracts.rules import (
    Dossier,
    Entrants,
    Novelty,
    Organiser,
    Paper,
    Receipt,
    Round,
    Rounding,
    Rules,
    Supplement,
    Window,
)

TITLE = "Đề xuất mô hình, sáng kiến cải cách hành chính tỉnh Hậu Giang năm 2022"
FORM = Paper(code="PHIEU_DANG_KY", name="Phiếu đăng ký dự thi", types=("pdf",), max_mb=20)
DESCRIPTION = Paper(
    code="BAN_THUYET_MINH",
    name="Bản thuyết minh",
    types=("docx", "pdf"),
    max_mb=20,
    is_description=True,
)


def some_round(round_id: str, *, blind: bool = True) -> Round:
    """Return a round of judging."""
    return Round(
        id=round_id,
        name="Vòng sơ khảo",
        blind=blind,
        scale=Decimal(100),
        step=Decimal("0.5"),
        rubric=(),
        rounding=Rounding(places=2),
    )


def some_rules() -> Rules:
    """Return the rules of contest HG-2022."""
    return Rules(
        id="HG-2022",
        title=TITLE,
        legal_profile="2022",
        timezone="Asia/Ho_Chi_Minh",
        basis=(),
        organiser=Organiser(host="UBND tỉnh Hậu Giang", standing_unit="SNV", intake_desk="CCHC"),
        intake=Window(
            opens=datetime(2022, 6, 29, 17, tzinfo=UTC),
            closes=datetime(2022, 8, 15, 17, tzinfo=UTC),
        ),
        supplement=Supplement(max_requests=1, working_days=5, never_after_closing_by=5),
        areas=(),
        indexes=(),
        entrants=Entrants(
            kinds=("INDIVIDUAL",),
            groups=(),
            excluded=(),
            excluded_rule="",
            max_authors=5,
            shares_required=True,
        ),
        novelty=Novelty(
            scope=("province_applied",),
            forbid=("published",),
            cutoff=date(2022, 6, 30),
            report_above=Decimal("0.20"),
            must_review_above=Decimal("0.30"),
        ),
        dossier=Dossier(required=(FORM, DESCRIPTION)),
        receipt=Receipt(title="", unit_code="SNV", code_format="{seq}"),
        rounds=(),
        weights={},
        final_rounding=Rounding(places=2),
        tie_break=(),
        authorities=(),
        prizes=(),
    )
