"""Declarations: whose words were declared, and what they make up for."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from services.intake.domain import declarations
from services.intake.domain.declarations import Made, UnknownDeclaration, digest
from services.intake.rules import check
from tests.unit.intake.writing import IN_TIME, RULES

DOSSIER = RULES.dossier
CODES = tuple(one.code for one in DOSSIER.declarations)
UNWORDED = replace(DOSSIER, declarations=())
SOURCE = Path("contests/hau-giang-2022.yaml").read_text()
AMENDED = check(
    SOURCE.replace("{code: CHUA_DU_THI,", "{code: CHUA_DU_THI, version: 2,").replace(
        "chưa gửi tham dự cuộc thi nào khác", "chưa và không gửi tham dự cuộc thi nào khác"
    )
).rules.dossier
named = st.lists(st.sampled_from(CODES), unique=True)


def test_declaration_is_kept_with_its_words_the_instant_and_who_made_it():
    (made,) = declarations.declare(DOSSIER, ("CHUA_DU_THI",), "p-an", IN_TIME)

    text = "Tôi cam kết nội dung dự thi chưa gửi tham dự cuộc thi nào khác."
    assert made == Made("CHUA_DU_THI", 1, digest(text), IN_TIME, "p-an")


@given(named)
def test_paper_is_made_exactly_when_all_its_declarations_are(codes):
    made = declarations.declare(DOSSIER, codes, "p-an", IN_TIME)

    in_force = declarations.in_force(DOSSIER, made)

    assert set(in_force) == set(codes)
    whole = set(codes) == set(CODES)
    assert declarations.papers_made(DOSSIER, in_force) == ({"BAN_CAM_KET"} if whole else set())


def test_naming_the_paper_makes_all_its_declarations():
    made = declarations.declare(DOSSIER, ("BAN_CAM_KET",), "p-an", IN_TIME)

    assert declarations.in_force(DOSSIER, made) == CODES


def test_paper_without_words_of_its_own_is_declared_by_its_name():
    made = declarations.declare(UNWORDED, ("BAN_CAM_KET",), "p-an", IN_TIME)

    assert declarations.in_force(UNWORDED, made) == ("BAN_CAM_KET",)
    assert declarations.papers_made(UNWORDED, ("BAN_CAM_KET",)) == {"BAN_CAM_KET"}


@given(named)
def test_amended_words_are_declared_again_and_the_others_hold(codes):
    made = declarations.declare(DOSSIER, codes, "p-an", IN_TIME)

    assert set(declarations.in_force(AMENDED, made)) == set(codes) - {"CHUA_DU_THI"}

    again = declarations.declare(AMENDED, ("CHUA_DU_THI",), "p-an", IN_TIME)
    assert set(declarations.in_force(AMENDED, (*made, *again))) == {*codes, "CHUA_DU_THI"}


def test_strange_declaration_is_refused():
    with pytest.raises(UnknownDeclaration, match="THE_DANH_DU"):
        declarations.declare(DOSSIER, ("THE_DANH_DU",), "p-an", IN_TIME)
