"""Charts are SVG that says in words what it shows, and draws no more than there is."""

from decimal import Decimal
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from services.awards.charts import svg
from services.awards.charts.bars import Bars, Series, draw_bars
from services.awards.charts.ways import Way, Ways, draw_ways

SPACE = "{http://www.w3.org/2000/svg}"
counts = st.lists(st.integers(0, 5000), min_size=1, max_size=4)


def drawn(chart):
    return ET.fromstring(chart)  # noqa: S314  # our own


def words(root):
    return [each.text for each in root.iter(f"{SPACE}text")]


def test_bars_are_named_and_numbered():
    chart = Bars("Lĩnh vực", "Số hồ sơ", ("Thể chế & <TTHC>",), (Series("Đã nộp", (1200,)),))

    root = drawn(draw_bars(chart))

    assert root.find(f"{SPACE}title").text == "Lĩnh vực"
    assert root.find(f"{SPACE}desc").text == "Số hồ sơ"
    assert root.get("role") == "img"
    names = root.get("aria-labelledby").split()
    assert names == [root.find(f"{SPACE}{one}").get("id") for one in ("title", "desc")]
    assert words(root) == ["Lĩnh vực", "Đã nộp", "Thể chế & <TTHC>", "1.200"]


@given(st.lists(counts, min_size=1, max_size=4), st.booleans())
def test_bars_stay_on_the_sheet(rows, stacked):
    width = min(map(len, rows))
    series = tuple(Series(f"S{n}", tuple(row[:width])) for n, row in enumerate(rows))
    chart = Bars("T", "D", tuple(f"L{n}" for n in range(width)), series, stacked=stacked)

    root = drawn(draw_bars(chart))

    edges = [float(box.get("x")) + float(box.get("width")) for box in root.iter(f"{SPACE}rect")]
    assert max(edges) <= svg.WIDTH
    assert max(float(each.get("y")) for each in root.iter(f"{SPACE}text")) <= float(
        root.get("height")
    )


def test_a_way_tells_where_it_began_where_it_is_and_where_it_ends():
    way = Way("Sở Tư pháp", "%", 2023, Decimal("80.5"), Decimal(90), Decimal(85), Decimal(47))
    chart = Ways("SIPAS", "Một chỉ tiêu", (way,))

    root = drawn(draw_ways(chart))

    assert words(root)[2:] == [
        "Trước khi áp dụng: 80,5 %",
        "Hiện nay: 85 (47%)",
        "Mục tiêu 2023: 90 %",
    ]


def test_what_is_not_measured_says_so():
    way = Way("Sở Tư pháp", "%", 2023, Decimal(80), Decimal(90), None, Decimal(0))

    assert "Hiện nay: chưa đo (0%)" in words(drawn(draw_ways(Ways("SIPAS", "", (way,)))))


def test_numbers_are_written_as_offices_write_them():
    assert [svg.written(Decimal(one)) for one in ("1234.50", "10", "0.05", "-3.0")] == [
        "1.234,5",
        "10",
        "0,05",
        "-3",
    ]
