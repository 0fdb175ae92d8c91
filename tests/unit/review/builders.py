"""The rules of a small contest: two rounds, a rubric of two criteria."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from msgspec.structs import replace

from contracts.rules import (
    Advance,
    Area,
    Criterion,
    Divergence,
    Dossier,
    Entrants,
    Novelty,
    Organiser,
    Receipt,
    Round,
    Rounding,
    Rules,
    Supplement,
    Window,
)

CLOSING = datetime(2022, 8, 15, 17, 0, tzinfo=UTC)
DAY_AFTER = CLOSING + timedelta(days=1)

FIRST = Round(
    id="SO_KHAO",
    name="Vòng sơ khảo",
    blind=True,
    scale=Decimal(100),
    step=Decimal("0.5"),
    rubric=(
        Criterion(code="TINH_MOI", name="Tính mới", max=Decimal(60)),
        Criterion(code="HIEU_QUA", name="Tính hiệu quả", max=Decimal(40)),
    ),
    rounding=Rounding(places=2),
    judges_per_entry=2,
    divergence=Divergence(threshold=Decimal(15)),
    advance=Advance(min_score=Decimal(70), max_count=2),
)

LAST = replace(
    FIRST,
    id="BAO_VE",
    name="Vòng bảo vệ ý tưởng",
    blind=False,
    judges_per_entry=None,
    divergence=None,
    advance=None,
)


def a_contest(*rounds: Round, jury_size: int | None = 3) -> Rules:
    """Return the rules of contest HG-2022, with these rounds or the usual two."""
    return Rules(
        id="HG-2022",
        title="Sáng kiến cải cách hành chính",
        legal_profile="2022",
        timezone="Asia/Ho_Chi_Minh",
        basis=(),
        organiser=Organiser(host="UBND tỉnh", standing_unit="SNV", intake_desk="Sở Nội vụ"),
        intake=Window(opens=CLOSING - timedelta(days=46), closes=CLOSING),
        supplement=Supplement(max_requests=1, working_days=5, never_after_closing_by=5),
        areas=(Area(code="TTHC", name="Cải cách thủ tục hành chính"),),
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
            scope=(),
            forbid=(),
            cutoff=date(2022, 6, 30),
            report_above=Decimal("0.2"),
            must_review_above=Decimal("0.3"),
        ),
        dossier=Dossier(required=()),
        receipt=Receipt(title="GIẤY BIÊN NHẬN", unit_code="H30", code_format="{unit}-{seq:04d}"),
        rounds=rounds or (FIRST, LAST),
        weights={"SO_KHAO": Decimal("0.4"), "BAO_VE": Decimal("0.6")},
        final_rounding=Rounding(places=2),
        tie_break=("council_vote",),
        authorities=(),
        prizes=(),
        jury_size=jury_size,
    )


def marks(total: object) -> dict[str, Decimal]:
    """Spread a total of points over the rubric."""
    first = min(Decimal(str(total)), Decimal(60))
    return {"TINH_MOI": first, "HIEU_QUA": Decimal(str(total)) - first}
