"""Which language a request is answered in, and how each writes what people read."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar.datastructures import Headers

from services.gateway import languages, problems, words
from services.gateway.domain import WrongLogin
from services.gateway.portal import pages

MIDNIGHT = datetime(2022, 8, 15, 17, 0, tzinfo=UTC)
MORNING = datetime(2022, 8, 15, 1, 5, tzinfo=UTC)


@pytest.fixture
def english():
    token = words.LANGUAGE.set("en")
    yield
    words.LANGUAGE.reset(token)


@pytest.mark.parametrize(
    ("path", "asked", "headers", "language"),
    [
        ("/", "", {}, "vi"),
        ("/", "", {"accept-language": "en-GB,en;q=0.9"}, "vi"),  # whatever the browser prefers
        ("/", "en", {}, "en"),
        ("/", "fr", {"cookie": "ngon-ngu=en"}, "en"),
        ("/", "vi", {"cookie": "sangkien=t; ngon-ngu=en"}, "vi"),
        ("/", "", {"cookie": "ngon-ngu=fr"}, "vi"),
        ("/", "", {"cookie": "\x00=;;"}, "vi"),
        ("/v1/contests", "", {}, "vi"),
        ("/v1/contests", "", {"accept-language": "en"}, "en"),
        ("/v1/contests", "", {"accept-language": "fr, en-US;q=0.8, vi;q=0.5"}, "en"),
        ("/v1/contests", "", {"accept-language": "en;q=0.5, vi;q=0.8"}, "vi"),
        ("/v1/contests", "", {"accept-language": "en;q=often"}, "vi"),
        ("/v1/contests", "", {"accept-language": "en", "sec-fetch-mode": "cors"}, "vi"),
    ],
)
def test_vietnamese_unless_somebody_asks_for_english(path, asked, headers, language):
    assert languages.language_of(path, asked, Headers(headers)) == language


@given(st.text(st.characters(codec="latin-1", exclude_categories=["Cc"])))
def test_no_header_breaks_the_choice(header):
    assert languages.preferred(header) in words.LANGUAGES
    assert languages.cookie(header) == "" or languages.cookie(header) not in ("", None)


@pytest.mark.usefixtures("english")
def test_english_writes_dates_that_nobody_reads_the_other_way_round():
    said = (
        words.moment(MORNING),
        words.beginning(MIDNIGHT),
        words.ending(MIDNIGHT),
        words.ending(MORNING),
    )

    assert said == (
        "08:05, 15 August 2022",
        "16 August 2022",
        "the end of 15 August 2022",
        "shortly before 08:05, 15 August 2022",
    )


@pytest.mark.usefixtures("english")
def test_english_parts_thousands_with_commas():
    assert (words.number(Decimal("1234.5")), words.percent(Decimal("0.123"))) == (
        "1,234.5",
        "12.3%",
    )


@pytest.mark.usefixtures("english")
def test_names_are_read_in_the_language_of_the_request():
    assert words.state("DRAFT") == "Draft"
    assert words.role("secretary or organiser") == "secretary or organiser"
    assert words.say("There is no role {role}.", {"role": "judge"}) == "There is no role judge."


@pytest.mark.usefixtures("english")
def test_a_problem_is_told_in_english():
    found = problems.read(WrongLogin(), "/v1/sessions")

    assert (found.title, found.detail) == ("Sign-in needed", WrongLogin.__doc__)


@pytest.mark.usefixtures("english")
def test_a_page_says_its_language_and_the_way_to_the_other():
    html = pages.page(None, "sign_in.html", login="", mistake="", others=()).content

    assert '<html lang="en">' in html
    assert 'lang=vi" lang="vi" hreflang="vi">Tiếng Việt</a>' in html
    assert "Đăng nhập" not in html


def test_the_switch_keeps_the_rest_of_an_address():
    scope = {
        "path": "/toi",
        "query_string": b"contest=A%26B&lang=en",
        "method": "GET",
        "headers": [],
    }

    languages.choose({"type": "http", **scope})

    assert languages.other_page() == "/toi?contest=A%26B&lang=vi"


def test_after_a_form_the_switch_goes_to_ones_own_page():
    scope = {"path": "/toi/giai/x/de-xuat", "query_string": b"", "method": "POST", "headers": []}

    languages.choose({"type": "http", **scope})

    assert languages.other_page() == "/toi?lang=en"


def test_official_papers_know_of_no_other_language():
    press = Path(__file__).parents[3] / "press"

    assert not [path for path in press.rglob("*.py") if "gateway" in path.read_text()]
