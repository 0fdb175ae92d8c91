"""Agreements with other provinces are read whole, or the service does not start."""

import json

import pytest

from kernel.settings import BadSetting, load
from services.originality.agreements import office_of, read_agreements
from services.originality.domain.exchange import NoAgreement, Pace, Thresholds, UnknownProvince
from services.originality.settings import OriginalitySettings

KEY, OTHER = "ab" * 32, "cd" * 32
CAN_THO = {
    "province": "can-tho",
    "key": KEY,
    "client": "c-1",
    "url": "https://can-tho.example",
    "pace": {"a_day": 20},
}
OFFICE = {"contact": {"office": "Sở Nội vụ"}, "secret": OTHER, "partners": [CAN_THO]}


def written(office=OFFICE, **partner: object) -> str:
    partners = [{**CAN_THO, **partner}] if partner else office["partners"]
    return json.dumps({"hau-giang": {**office, "partners": partners}})


def test_agreement_is_found_by_province_and_by_client():
    office = office_of(written(), "hau-giang")

    (partner,) = office.partners
    assert office.with_province("can-tho") == office.with_client("c-1") == partner
    assert (partner.pace, office.thresholds) == (Pace(20, 5), Thresholds())
    assert partner.secret_key == bytes.fromhex(KEY)


def test_another_key_is_another_agreement_and_its_name_does_not_tell_the_key():
    (one,) = office_of(written(), "hau-giang").partners
    (other,) = office_of(written(key=OTHER), "hau-giang").partners

    assert one.agreement != other.agreement
    assert KEY not in one.agreement


def test_nobody_without_an_agreement_is_asked_or_answered():
    office = office_of(written(), "hau-giang")

    with pytest.raises(UnknownProvince):
        office.with_province("soc-trang")
    for stranger in ("c-2", ""):
        with pytest.raises(NoAgreement):
            office.with_client(stranger)
    with pytest.raises(NoAgreement):
        office_of(written(), "can-tho")
    assert read_agreements("") == {}


def test_province_that_only_asks_is_not_asked():
    office = office_of(written(url=""), "hau-giang")

    with pytest.raises(UnknownProvince):
        office.with_province("can-tho")


@pytest.mark.parametrize(
    "wrong",
    [
        "no JSON",
        written(key="short"),
        written(key=KEY.upper()),
        written(url="http://can-tho.example"),
        written(url="http://10.0.0.8"),
        written(pace={"a_year": 1}),
        written({**OFFICE, "secret": ""}),
        written({**OFFICE, "partners": [CAN_THO, CAN_THO]}),
        written({**OFFICE, "partners": [CAN_THO, {**CAN_THO, "province": "soc-trang"}]}),
        written({**OFFICE, "contact": {}}),
    ],
)
def test_wrong_agreement_keeps_the_service_from_starting(wrong):
    with pytest.raises(BadSetting, match="OriginalitySettings"):
        load(OriginalitySettings, {"EXCHANGE": wrong})


def test_platform_on_this_machine_may_be_reached_without_https():
    office = office_of(written(url="http://127.0.0.1:8000"), "hau-giang")

    assert office.with_province("can-tho").url == "http://127.0.0.1:8000"
