"""What decisions and certificates say."""

from dataclasses import replace
from datetime import date

import pytest
from msgspec.structs import replace as changed

from contracts.rules import Basis
from services.awards.domain.paper import Certificate, Head, Signature
from services.awards.domain.wording import certificate, cited, decision
from services.awards.profile import UnknownProfile, load_profile
from tests.unit.awards.builders import AN_ISSUE, AWARDS, CHAIRMAN, LONG_TITLE, TITLE, some_rules

RULES = some_rules()
PROFILE = load_profile("2022")
CONTEST = f"Cuộc thi “{TITLE}”"


def test_decision_is_headed_numbered_and_dated():
    paper = decision(AN_ISSUE, AWARDS, RULES, PROFILE)

    assert paper.head == Head(
        parent=(),
        issuer=("ỦY BAN NHÂN DÂN", "TỈNH HẬU GIANG"),
        number="05/QĐ-UBND",
        placed="Hậu Giang, ngày 05 tháng 01 năm 2023",
    )
    assert paper.power == "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HẬU GIANG"
    assert paper.signatures == (Signature(("CHỦ TỊCH",), None),)


def test_decision_of_2022_rests_on_the_law_of_2022_and_on_the_plan():
    bases = decision(AN_ISSUE, AWARDS, RULES, PROFILE).bases

    assert all(basis.startswith("Căn cứ ") for basis in bases)
    assert any("91/2017/NĐ-CP" in basis for basis in bases)
    assert bases[-1] == (
        "Căn cứ Kế hoạch số 125/KH-UBND ngày 24 tháng 6 năm 2022 "
        "của Ủy ban nhân dân tỉnh Hậu Giang"
    )


def test_number_sign_is_not_written_twice():
    basis = Basis(doc="Quyết định số 16/QĐ-BTC", issued_on=date(2022, 1, 2), issuer="Ban Tổ chức")

    assert cited(basis, PROFILE) == (
        "Căn cứ Quyết định số 16/QĐ-BTC ngày 02 tháng 01 năm 2022 của Ban Tổ chức"
    )


def test_annex_lists_every_winner_with_all_authors():
    annex = decision(AN_ISSUE, AWARDS, RULES, PROFILE).annex

    assert annex.goes_with == (
        "(Kèm theo Quyết định số 05/QĐ-UBND ngày 05 tháng 01 năm 2023 "
        "của Chủ tịch Ủy ban nhân dân tỉnh Hậu Giang)"
    )
    assert annex.rows == (
        (
            "1",
            LONG_TITLE,
            "Nguyễn Thị Hồng Nhung; Trần Quốc Việt; Lê Hoàng Phúc",
            "Ủy ban nhân dân huyện Châu Thành A",
            "Giải Nhất",
            "91,25",
        ),
        ("2", "Mô hình “5 tại chỗ”", "Danh Thị Mỹ Duyên", "", "Giải Nhì", "87,50"),
    )
    assert sum(annex.widths) == 163


def test_certificate_names_team_prize_and_decision():
    paper = certificate(AN_ISSUE, AWARDS[0], 1, RULES, PROFILE)

    assert paper == Certificate(
        giver="CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HẬU GIANG",
        type_name="BẰNG KHEN",
        recipient="Nhóm tác giả: Nguyễn Thị Hồng Nhung, Trần Quốc Việt, Lê Hoàng Phúc",
        unit="Ủy ban nhân dân huyện Châu Thành A",
        achievement=(
            f"Đã có thành tích đạt Giải Nhất {CONTEST} với sáng kiến, giải pháp “{LONG_TITLE}”."
        ),
        placed="Hậu Giang, ngày 05 tháng 01 năm 2023",
        signature=Signature(("CHỦ TỊCH",), None),
        decided="Quyết định số 05/QĐ-UBND ngày 05 tháng 01 năm 2023",
        registered="Số sổ vàng: 01",
    )


def test_single_author_stands_alone():
    paper = certificate(replace(AN_ISSUE, commendation="GIAY_KHEN"), AWARDS[1], 2, RULES, PROFILE)

    assert (paper.type_name, paper.recipient, paper.unit) == ("GIẤY KHEN", "Danh Thị Mỹ Duyên", "")


def test_braces_in_a_title_are_left_alone():
    award = replace(AWARDS[1], title="Mẫu {title} {0}")

    assert "“Mẫu {title} {0}”" in certificate(AN_ISSUE, award, 1, RULES, PROFILE).achievement


def test_signer_is_named_only_if_the_rules_name_one():
    signed = replace(AN_ISSUE, authority=changed(CHAIRMAN, signer_name="Lê Văn A"))

    assert decision(signed, AWARDS, RULES, PROFILE).signatures == (
        Signature(("CHỦ TỊCH",), "Lê Văn A"),
    )


def test_profile_without_templates_is_refused_by_name():
    with pytest.raises(UnknownProfile, match="legal profile 1999; there are 2022"):
        load_profile("1999")


def test_every_citation_says_where_it_is_known_from():
    assert {citation.source for citation in PROFILE.bases} == {"mem"}
