"""Which papers a dossier still lacks."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from services.intake.domain.papers import missing
from tests.unit.intake.writing import RULES, WRITTEN, entry_of

CODES = [paper.code for paper in (*RULES.dossier.required, *RULES.dossier.conditional)]
DECLARED = tuple(one.code for one in RULES.dossier.declarations)
CITIZEN = entry_of()
STAFF = entry_of(replace(WRITTEN, group="SO_BAN_NGANH", unit_id="SNV"))


def test_registration_is_the_entry_itself_and_a_declaration_can_be_said():
    declared = replace(CITIZEN, declarations=DECLARED)

    assert missing(CITIZEN, RULES, (), confirmed=False) == ("BAN_THUYET_MINH", "BAN_CAM_KET")
    assert missing(declared, RULES, ("BAN_THUYET_MINH",), confirmed=False) == ()


def test_saying_that_there_is_a_description_does_not_make_one():
    saying = replace(CITIZEN, declarations=("BAN_THUYET_MINH", *DECLARED))

    assert missing(saying, RULES, (), confirmed=False) == ("BAN_THUYET_MINH",)


def test_staff_needs_its_unit_to_confirm_in_one_of_two_ways():
    stored = ("BAN_THUYET_MINH", "BAN_CAM_KET")
    on_paper = structs.replace(
        RULES, entrants=structs.replace(RULES.entrants, head_confirms=False)
    )

    assert missing(STAFF, RULES, stored, confirmed=False) == ("XAC_NHAN_DON_VI",)
    assert missing(STAFF, RULES, stored, confirmed=True) == ()
    assert missing(STAFF, RULES, (*stored, "XAC_NHAN_DON_VI"), confirmed=False) == ()
    assert missing(STAFF, on_paper, stored, confirmed=True) == ("XAC_NHAN_DON_VI",)


@pytest.mark.parametrize(
    ("channel", "lacks"), [("ONLINE", True), ("DESK", False), ("POST", False), ("ONE_STOP", False)]
)
def test_who_files_online_for_others_shows_their_authorisation(channel, lacks):
    entry = replace(CITIZEN, filed_by="p-2", channel=channel, declarations=DECLARED)

    found = missing(entry, RULES, ("BAN_THUYET_MINH",), confirmed=False)

    assert found == (("VAN_BAN_UY_QUYEN",) if lacks else ())


@given(
    st.sampled_from((CITIZEN, STAFF)),
    st.sets(st.sampled_from(CODES)),
    st.sets(st.sampled_from(CODES)),
    st.booleans(),
)
def test_more_papers_never_make_more_missing(entry, some, more, confirmed):
    fewer = set(missing(entry, RULES, some | more, confirmed=confirmed))

    assert fewer <= set(missing(entry, RULES, some, confirmed=confirmed))
    assert fewer.isdisjoint(some | more)
