"""Winners are put to use; that is told once, and again when it is corrected."""

from datetime import date

import pytest

from contracts import awards
from kernel.testing import Rejected, actor
from tests.service.awards.conftest import CONTEST, NOVEMBER, SECRETARY

ADOPT = awards.RecordAdoption(
    contest_id=CONTEST,
    entry_id="e-1",
    adopted_on=date(2022, 11, 1),
    adopted_at="Sở Tư pháp",
    reach="UNIT",
    basis="Quyết định 12/QĐ-STP",
)
ADOPTED = awards.InitiativeAdopted(
    contest_id=CONTEST,
    entry_id="e-1",
    title="Sáng kiến e-1",
    adopted_on=date(2022, 11, 1),
    adopted_at="Sở Tư pháp",
    reach="UNIT",
    basis="Quyết định 12/QĐ-STP",
)


def adopted(bench):
    return [said for said in bench.announced if isinstance(said, awards.InitiativeAdopted)]


def test_adoption_is_told_once_and_again_when_corrected(approved):
    approved.publishes()
    corrected = awards.RecordAdoption(
        **{name: getattr(ADOPT, name) for name in ADOPT.__struct_fields__}
        | {"adopted_on": date(2022, 10, 1)}
    )

    for asked in (ADOPT, ADOPT, corrected):
        approved.bench.ask(asked, actor=SECRETARY, now=NOVEMBER)

    first, second = adopted(approved.bench)
    assert first == ADOPTED
    assert second.adopted_on == date(2022, 10, 1)


def test_nothing_is_adopted_before_the_results_are_out(approved):
    with pytest.raises(Rejected) as refused:
        approved.bench.ask(ADOPT, actor=SECRETARY, now=NOVEMBER)

    assert (refused.value.code, adopted(approved.bench)) == ("NotAWinner", [])


def test_entrants_record_no_adoption(approved):
    approved.publishes()

    with pytest.raises(Rejected) as refused:
        approved.bench.ask(ADOPT, actor=actor("entrant"), now=NOVEMBER)

    assert refused.value.code == "Forbidden"
