"""Every service that knows an entrant forgets them when intake says so, and says that it did."""

import pytest
from sqlalchemy import select

from contracts import awards, intake, notify, originality, review
from kernel.testing import NOON
from services.awards.service import AwardsService
from services.ledger.service import LedgerService
from services.ledger.store import SaltRow
from services.notify.service import NotifyService
from services.originality.service import OriginalityService
from services.review.service import ReviewService
from tests.service.traces import traces

NAME, EMAIL = "Trần Thị Mẫu", "mau-xoa@mau.example"
KNOWN = intake.PersonRegistered(person_id="p-1", full_name=NAME, email=EMAIL)
OTHER = intake.PersonRegistered(person_id="p-2", full_name="Lê Văn Khác")
ERASED = intake.EntrantsErased(
    contest_id="HG-CCHC-2022",
    person_ids=("p-1",),
    entry_ids=("e-1",),
    minutes="12/BB-BTC",
    retained_until=NOON,
    rules_number=1,
    rows=1,
    objects=0,
)


@pytest.mark.parametrize(
    ("kind", "said", "rows"),
    [
        (AwardsService, awards.EntrantsForgotten, 1),
        (NotifyService, notify.EntrantsForgotten, 1),
        (OriginalityService, originality.EntrantsForgotten, 1),
        (ReviewService, review.EntrantsForgotten, 2),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_a_name_is_gone_and_another_stays(service_bench, kind, said, rows):
    bench = service_bench(kind)
    bench.hear(KNOWN)
    bench.hear(OTHER)
    assert traces(bench, NAME)

    assert bench.hear(ERASED) == "done"

    assert traces(bench, NAME, EMAIL) == set()
    assert traces(bench, OTHER.full_name)
    assert bench.announced == [said(contest_id="HG-CCHC-2022", people=1, rows=rows)]


def test_the_ledger_removes_the_salts_of_those_and_of_no_others(service_bench):
    bench = service_bench(LedgerService)
    bench.hear(KNOWN)
    bench.hear(OTHER)

    bench.hear(ERASED)

    assert [row.person_id for row in bench.rows(select(SaltRow))] == ["p-2"]
