"""What an amendment changes is said in words, and nothing is passed over."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from contracts import rules
from services.intake.rules import check
from services.intake.rules.changes import Change, changes
from services.intake.rules.labels import LABELS

SOURCE = Path("contests/hau-giang-2022.yaml").read_text()
OLD = check(SOURCE).rules


def said(*changed: tuple[str, str]) -> list[Change]:
    """Change the shipped file in these places; return what is said of it."""
    text = SOURCE
    for old, new in changed:
        assert old in text
        text = text.replace(old, new)
    checked = check(text)
    assert checked.rules is not None, checked.mistakes
    return list(changes(OLD, checked.rules))


def test_every_key_has_a_name():
    named = [getattr(rules, name) for name in rules.__all__]
    parts = [kind for kind in named if isinstance(kind, type) and issubclass(kind, rules.Part)]
    keys = {f"{kind.__name__}.{one.name}" for kind in parts for one in structs.fields(kind)}

    assert keys == set(LABELS)


def test_a_later_deadline_is_told_as_an_office_tells_it():
    assert said(("closes: 2022-08-16T", "closes: 2022-08-21T")) == [
        Change(
            "intake.closes",
            "Thời gian nhận hồ sơ: hạn nhận: 24:00 15/08/2022 → 24:00 20/08/2022.",
        )
    ]


@pytest.mark.parametrize(
    ("old", "new", "path", "sentence"),
    [
        (
            "count: 4",
            "count: 5",
            "prizes.KHUYEN_KHICH.count",
            "Giải thưởng: “Giải Khuyến khích” (KHUYEN_KHICH): số lượng: 4 → 5.",
        ),
        (
            'SO_KHAO: "0.4", BAO_VE: "0.6"',
            'SO_KHAO: "0.40", BAO_VE: "0.60"',
            None,
            None,
        ),
        (
            "  - {code: TTHC, name: Cải cách thủ tục hành chính}\n",
            "",
            "areas.TTHC",
            "Lĩnh vực: bỏ: “Cải cách thủ tục hành chính” (TTHC).",
        ),
        (
            "[SO_KHAO.TINH_MOI, SO_KHAO.HIEU_QUA, ",
            "[SO_KHAO.HIEU_QUA, SO_KHAO.TINH_MOI, ",
            "tie_break",
            (
                "Thứ tự xét khi bằng điểm: SO_KHAO.TINH_MOI, SO_KHAO.HIEU_QUA, BAO_VE.total,"
                " hội đồng biểu quyết → SO_KHAO.HIEU_QUA, SO_KHAO.TINH_MOI, BAO_VE.total,"
                " hội đồng biểu quyết."
            ),
        ),
        (
            "kinds: [INDIVIDUAL, COLLECTIVE]",
            "kinds: [COLLECTIVE]",
            "entrants.kinds",
            "Đối tượng dự thi: loại hình dự thi: bỏ cá nhân.",
        ),
        (
            "{day: 2022-09-02, type: 0}",
            "{day: 2022-09-02, type: 1}",
            "holidays.2022-09-02.type",
            "Ngày nghỉ, ngày làm bù: 02/09/2022: loại: nghỉ → làm bù.",
        ),
        (
            'report_above: "0.20"',
            'report_above: "0.25"',
            "novelty.report_above",
            "Tính mới: tỷ lệ trùng phải báo cáo: 0,2 → 0,25.",
        ),
    ],
)
def test_a_change_is_told_with_its_place(old, new, path, sentence):
    found = said((old, new))

    assert found == ([] if path is None else [Change(path, sentence)])


def test_what_is_new_is_told_with_its_values():
    found = said(
        (
            "    - {code: VIDEO,",
            "    - {code: AM, name: Tệp âm thanh, types: [mp4], max_mb: 9}\n    - {code: VIDEO,",
        )
    )

    assert [change.sentence for change in found] == [
        (
            "Hồ sơ dự thi: thành phần không bắt buộc: thêm: “Tệp âm thanh” (AM):"
            " loại tệp mp4; dung lượng tối đa (MB) 9."
        )
    ]


def test_another_order_is_told_as_an_order():
    turned = OLD.areas[::-1]

    (change,) = changes(OLD, structs.replace(OLD, areas=turned))

    titles = ", ".join(f"“{area.name}” ({area.code})" for area in turned)
    assert change == Change("areas", f"Lĩnh vực: thứ tự mới là {titles}.")


@pytest.mark.slow
@given(st.data())
@settings(max_examples=300, deadline=None)
def test_any_difference_is_told_at_its_path(data):
    new, path = data.draw(broken(OLD, ()))

    found = changes(OLD, new)

    if new == OLD:
        assert found == ()
    else:
        assert found
        assert all(change.path.split(".")[0] == path[0] for change in found)
        assert all(change.sentence.endswith(".") for change in found)


@st.composite
def broken(draw, part: msgspec.Struct, path: tuple[str, ...]):
    """Change one value somewhere inside a part of the rules."""
    field = draw(st.sampled_from([one.name for one in structs.fields(part)]))
    value = getattr(part, field)
    here = (*path, field)
    if isinstance(value, msgspec.Struct):
        new, here = draw(broken(value, here))
    elif isinstance(value, tuple) and value and isinstance(value[0], msgspec.Struct):
        at = draw(st.integers(0, len(value) - 1))
        inner, here = draw(broken(value[at], here))
        new = draw(
            st.sampled_from([(*value[:at], inner, *value[at + 1 :]), value[at + 1 :], value[::-1]])
        )
    elif isinstance(value, tuple):
        new = draw(st.permutations(value).map(tuple) | st.just((*value, "KHAC")))
    else:
        new = draw(st.sampled_from([value, other(value)]))
    return structs.replace(part, **{field: new}), here


def other(value: object) -> object:
    """Return another value of the same kind; of a time zone, another that there is."""
    kinds = (
        (bool, lambda one: not one),
        (int, lambda one: 1 - one),
        (date, lambda one: one + timedelta(days=1)),
        (Decimal, lambda one: one + 1),
        (str, lambda one: "Asia/Bangkok" if one == OLD.timezone else f"{one} khác"),
    )
    return next((make(value) for kind, make in kinds if isinstance(value, kind)), value)
