"""A report with everything in it, as the press and the words are tried on."""

from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256

from contracts import originality
from tests.unit.originality.disguise import paragraphs, with_a_fifth_changed

MORNING = datetime(2022, 8, 1, 1, 0, tzinfo=UTC)


def passage(text: str, source_text: str, **others: object) -> originality.Passage:
    return originality.Passage(
        start=0,
        end=len(text),
        source_start=0,
        source_end=len(source_text),
        text=text,
        source_text=source_text,
        exact_share=Decimal("0.9"),
        **others,
    )


def full_report(*, times: int = 1) -> originality.Report:
    """Return a report with two sources; its longest passage is so many times as long."""
    copied = paragraphs("hen_gio")
    long = " ".join([*copied, *paragraphs("kho_giay")] * times)
    known = originality.Match(
        source_kind="KNOWN_INITIATIVE",
        source_id="SK-2019-07",
        title="Hẹn giờ qua tin nhắn cho người dân ấp xa",
        share=Decimal("0.1407"),
        passages=(
            passage(copied[2], copied[2], kind="VERBATIM", tier="STRONG", page=2, also=("e-1",)),
        ),
        applied_on=date(2019, 5, 1),
        place="Sở Nội vụ tỉnh Hậu Giang",
        register="TINH",
    )
    earlier = originality.Match(
        source_kind="ENTRY",
        source_id="e-1",
        title="Hẹn giờ giải quyết hồ sơ tại bộ phận một cửa cấp xã",
        share=Decimal("0.4100"),
        passages=(
            passage(
                with_a_fifth_changed(long),
                long,
                kind="EDITED",
                tier="STRONG",
                page=3,
                source_page=1,
            ),
            passage(copied[3], copied[3], kind="REWORDED", tier="PROBABLE", page=4, source_page=2),
        ),
        filed_at=MORNING,
        place="UBND xã Tân Hòa, huyện Châu Thành A",
    )
    idea = originality.Idea(
        source_kind="KNOWN_INITIATIVE",
        source_id="SK-2020-11",
        title="Trả kết quả theo khung giờ",
        rank=1,
        percentile=Decimal("0.997"),
        place="Thành phố Cần Thơ",
    )
    return originality.Report(
        report_id="0b9f6f2c",
        contest_id="HG-2022",
        entry_id="e-2",
        version=1,
        level="REVIEW",
        share=Decimal("0.4100"),
        excluded_share=Decimal("0.0452"),
        words=1774,
        matches=(known, earlier),
        made_at=MORNING.replace(hour=3),
        flags=("INVISIBLE_CHARACTERS", "REPLACED_LETTERS"),
        signs=(
            originality.Sign(kind="REPLACED_LETTERS", start=0, end=4, page=2),
            originality.Sign(kind="REPLACED_LETTERS", start=90, end=94, page=5),
        ),
        ruling="DUPLICATE",
        ruled_by="s-1",
        ruled_by_name="Trần Thị Sen",
        ruled_at=MORNING.replace(hour=4),
        reason="Giải pháp chính trùng với hồ sơ nộp trước và mô hình đã áp dụng.",
        title="Kho giấy không còn người chờ",
        filed_at=MORNING.replace(hour=2),
        share_with_exclusions=Decimal("0.4100"),
        share_without=Decimal("0.4391"),
        excluded=(
            originality.Excluded(start=0, end=90, reason="FORM"),
            originality.Excluded(start=300, end=400, reason="LAW"),
            originality.Excluded(start=500, end=600, reason="LAW"),
        ),
        ideas=(idea,),
        compared=originality.ComparedWith(
            entries=41, known=1203, cutoff=date(2022, 6, 30), registers=("TINH",)
        ),
        manifest=7,
        parameters=sha256(b"parameters").hexdigest(),
        text_sha256=sha256(b"text").hexdigest(),
    )
