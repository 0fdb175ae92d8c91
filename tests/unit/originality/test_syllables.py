"""Text is told from what broken fonts and wrong encodings leave."""

import pytest

from services.originality.engine.syllables import known, known_share
from services.originality.engine.words import scan
from tests.unit.originality.disguise import text, without_marks

# "Cộng hòa xã hội chủ nghĩa Việt Nam, độc lập tự do hạnh phúc" read with the wrong table.
TCVN3 = "Céng hßa x· héi chñ nghÜa ViÖt Nam, ®éc lËp tù do h¹nh phóc"
VNI = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, ñoäc laäp töï do haïnh phuùc"
FONT_FALLBACK = "C ng hòa xã h i ch ngh a Vi t Nam, c l p t do h nh phúc"


@pytest.mark.parametrize(
    "word", ["nghiêng", "giếng", "quyết", "gì", "khuya", "huỳnh", "yếu", "ngoằn", "hoà"]
)
def test_syllables_are_known(word):
    assert known(scan(word)).tolist() == [True]


@pytest.mark.parametrize("word", ["ceng", "kàng", "ngi", "tack", "giw", "thuôch", "gêm", "àc"])
def test_what_no_rule_makes_is_not_known(word):
    assert known(scan(word)).tolist() == [False]


@pytest.mark.parametrize("name", ["hen_gio", "kho_giay", "dan_luat"])
def test_vietnamese_is_readable_with_and_without_marks(name):
    assert known_share(scan(text(name))) > 0.95
    assert known_share(scan(without_marks(text(name)))) > 0.95


@pytest.mark.parametrize("broken", [TCVN3, VNI, FONT_FALLBACK, "", "123 / 45 - 6"])
def test_broken_text_is_not_readable(broken):
    assert known_share(scan(broken)) < 0.7
