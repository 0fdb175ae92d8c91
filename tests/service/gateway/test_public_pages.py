"""Pages for everybody: countdown, rules in words, search, papers, the map."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

import pytest
from msgspec import to_builtins
from msgspec.structs import replace
from sqlalchemy import create_engine, text
from sqlalchemy.dialects.postgresql import insert

from contracts import awards
from services.awards.store.tables import PrizeListRow
from services.gateway.portal import shared
from tests.bookkeeping import eventually
from tests.service.gateway.conftest import TODAY
from tests.service.gateway.test_api import CONTEST, RULES, YAML


@pytest.fixture
def contest(http, sign_in):
    opened = http.post("/v1/contests", content=RULES, headers=sign_in("organiser") | YAML)
    assert opened.status_code == 201, opened.text


@pytest.mark.usefixtures("contest")
def test_the_first_page_counts_down_without_a_script_and_with_one(http):
    page = http.get("/")

    left = re.search(r'role="timer"[^>]*>([^<]+)<', page.text, re.DOTALL)
    assert left
    assert re.fullmatch(r"Còn 45 ngày 1[45] giờ \d+ phút", left[1])  # to 16 August, Vietnam time
    assert 'data-until="2022-08-15T17:00:00+00:00"' in page.text
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "/ket-qua/" not in page.text  # nothing is published


@pytest.mark.usefixtures("contest")
def test_a_contest_tells_its_rules_in_words(http):
    page = http.get(f"/cuoc-thi/{CONTEST}").text

    assert page.count("<h1>") == 1
    for said in (
        "Cải cách thủ tục hành chính",
        "Mỗi bài dự thi có tối đa 5 tác giả.",
        "hết ngày 15/08/2022",
        "Kế hoạch 125/KH-UBND",
        "ban hành ngày 24/06/2022",
        "Vòng sơ khảo: điểm tiêu chí “Tính mới, tính sáng tạo, không trùng lắp”",
        "Hội đồng biểu quyết",
        "Chủ tịch UBND tỉnh Hậu Giang",
        "giá trị đề xuất, chờ cơ quan tổ chức xác nhận",
        "Giám khảo chấm bài đã rọc phách",
    ):
        assert said in page


def test_a_contest_that_is_none_is_not_found(http):
    assert http.get("/cuoc-thi/khong-co").status_code == 404


@pytest.mark.usefixtures("contest")
def test_looking_up_says_what_was_not_found_and_escapes_what_was_typed(http):
    found = http.get("/tim-kiem", params={"tu": "<b>cai cach"}).text
    paper = http.get("/kiem-tra", params={"so": "05/QĐ-<b>"}).text
    file = http.post("/kiem-tra", files={"tep": ("a.pdf", b"%PDF-1.7", "application/pdf")})

    assert "Tìm thấy 0 sáng kiến." in found
    assert "Không có văn bản nào như vậy được ban hành tại đây." in paper
    assert "<b>" not in found + paper
    assert (file.status_code, "Mã băm của tệp (SHA-256) là" in file.text) == (200, True)
    assert http.get("/tim-kiem", params={"trang": 3}).status_code == 404


@pytest.mark.usefixtures("contest")
def test_the_map_names_public_pages_only(http):
    found = http.get("/sitemap.xml")
    robots = http.get("/robots.txt").text

    places = re.findall(r"<loc>http://testserver.local([^<]+)</loc>", found.text)
    assert places == ["/", "/tim-kiem", "/kiem-tra", "/kiem-chung", f"/cuoc-thi/{CONTEST}"]
    assert "Disallow: /toi" in robots


@pytest.fixture
def publish(servers, tenant, http, sign_in, contest):  # noqa: ARG001 -- it must be there
    """Return a function that puts results where awards keeps what it has published."""
    engine = create_engine(servers.env("awards")["DATABASE_URL"])
    office = sign_in("secretary")
    prizes = f"/v1/contests/{CONTEST}/prizes"
    assert eventually(lambda: http.get(prizes, headers=office).status_code == 200)

    def put(results: awards.Results) -> None:
        row = {"tenant": tenant, "contest_id": CONTEST, "listed": {}, "public_from": None}
        row |= {"results": to_builtins(results), "held": None}
        said = insert(PrizeListRow).values(row)
        key = ["tenant", "contest_id"]
        said = said.on_conflict_do_update(index_elements=key, set_={"results": row["results"]})
        with engine.begin() as connection:
            connection.execute(text("SELECT set_config('app.tenant', :it, true)"), {"it": tenant})
            connection.execute(said)

    yield put
    engine.dispose()


def winners_list(title):
    first = awards.Winner(
        title=title, authors=("Người mẫu",), unit=None, prize="NHAT",
        prize_name="Giải nhất", score=Decimal("86.5"), entry_id="e-1",
    )  # fmt: skip
    return awards.Results(
        contest_id=CONTEST, contest_title="Cuộc thi mẫu", published_at=TODAY, winners=(first,),
        papers=(),
    )  # fmt: skip


def test_a_page_is_made_once_for_all_visitors_who_see_the_same(http, publish, sign_in):
    place = f"/ket-qua/{CONTEST}"
    sign_in("entrant", login="an-1")

    publish(winners_list("Một cửa số"))
    http.get(place)
    first = dict(shared.made)
    again = [http.get(place).text for _ in range(3)]
    made_again = dict(shared.made)
    english = http.get(f"{place}?lang=en").text
    http.cookies.clear()
    http.post("/dang-nhap", data={"login": "an-1", "password": "mật khẩu đủ dài"})
    own = http.get(place).text
    http.cookies.clear()
    publish(winners_list("Hai cửa số"))
    revised = http.get(place).text

    assert len(set(again)) == 1
    assert all(made_again[key] is kept for key, kept in first.items())
    assert 'lang="en"' in english
    assert "an-1" in own
    assert "an-1" not in revised
    assert "Hai cửa số" in revised


def test_kept_results_hold_until_they_are_revised_and_not_a_moment_longer(http, publish):
    results = winners_list("Một cửa số")
    (first,) = results.winners
    places = (f"/ket-qua/{CONTEST}", f"/v1/contests/{CONTEST}/results")

    def look(place, tag=""):
        return http.get(place, headers={"If-None-Match": tag} if tag else {})

    publish(results)
    shown = [look(place) for place in places]
    tags = [page.headers["ETag"] for page in shown]
    still = [look(*one).status_code for one in zip(places, tags, strict=True)]
    revised = replace(first, title="Hai cửa số")
    publish(replace(results, winners=(revised,), revision=2, revised_at=TODAY + timedelta(days=1)))
    with ThreadPoolExecutor(8) as crowd:
        after = list(crowd.map(look, places * 20, tags * 20))

    assert shown[0].headers["Cache-Control"] == "no-cache"
    assert all("Một cửa số" in page.text for page in shown)
    assert still == [304, 304]
    assert {page.status_code for page in after} == {200}
    assert all("Hai cửa số" in page.text and "Một cửa số" not in page.text for page in after)
