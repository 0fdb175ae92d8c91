"""Rules files: every mistake has a place and a sentence."""

import re
from hashlib import sha256
from pathlib import Path
from unicodedata import normalize

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from services.intake.operating.contest import group
from services.intake.rules import check

FILE = Path("contests/hau-giang-2022.yaml")
SOURCE = FILE.read_text()


def mistakes(old: str, new: str) -> list[tuple[str, str]]:
    """Change the sound file in one place; return path and sentence of what is wrong now."""
    assert old in SOURCE
    return [
        (re.sub(r"^defaults\.\d+$", "defaults", found.path), found.sentence)
        for found in check(SOURCE.replace(old, new)).mistakes
    ]


@pytest.mark.parametrize("file", sorted(Path("contests").glob("*.yaml")), ids=str)
def test_shipped_rules_are_sound(file):
    assert check(file.read_text()).mistakes == ()


def test_every_doubtful_value_is_listed_as_a_default():
    rules = check(SOURCE).rules
    marked = re.findall(r"^ *(?:- )?(\w+):.*# \[(?:D|C|mem)\]", SOURCE, re.MULTILINE)
    keys = {path.split(".")[-1] for path in rules.defaults}

    inside = {"code", "divergence", "doc", "unit_code"}  # the path leads to their parent or child
    assert set(marked) - keys <= inside


def test_hash_is_that_of_the_file_as_it_is_shipped():
    assert check(SOURCE).sha256 == sha256(FILE.read_bytes()).hexdigest()


def test_line_ends_composition_and_byte_order_mark_do_not_change_the_hash():
    elsewhere = "\ufeff" + normalize("NFD", SOURCE).replace("\n", "\r\n")

    assert check(elsewhere).sha256 == check(SOURCE).sha256


def test_any_other_change_changes_the_hash():
    assert check(SOURCE + "# ghi chú\n").sha256 != check(SOURCE).sha256


def test_mistake_is_found_where_it_stands():
    (found,) = check(SOURCE.replace('threshold: "15"', 'threshold: "muoi lam"')).mistakes

    line = next(
        number for number, text in enumerate(SOURCE.splitlines(), 1) if "threshold" in text
    )
    assert (found.line, found.column) == (line, SOURCE.splitlines()[line - 1].index("thr") + 1)


def test_all_mistakes_are_found_at_once():
    broken = (
        SOURCE.replace('threshold: "15"', "threshold: 15.5")
        .replace('SO_KHAO: "0.4"', 'SO_KHAO: "0.3"')
        .replace('min_score: "85"', 'min_scor: "85"')
        .replace("authority: GD_SNV", "authority: SNV")
    )

    assert [found.path for found in check(broken).mistakes] == [
        "rounds.SO_KHAO.divergence.threshold",
        "weights",
        "prizes.NHAT.min_scor",
        "prizes.KHUYEN_KHICH.authority",
    ]


@pytest.mark.parametrize(
    ("old", "new", "path", "says"),
    [
        ("timezone:", "time_zone:", "time_zone", "có phải “timezone” không?"),
        ("jury_size: 7", "xyz: 7", "xyz", "dùng được: id, title"),
        ("max_requests: 1 ", "# ", "supplement", "Thiếu khóa “max_requests”"),
        ('legal_profile: "2022"', "legal_profile: 2022", "legal_profile", '"2022"'),
        ("jury_size: 7", 'jury_size: "bảy"', "jury_size", "số nguyên"),
        ("odd: true", "panel_size: 4", "jury.panel_size", "số lẻ"),
        ("odd: true", "panel_size: 0", "jury.panel_size", "lớn hơn 0"),
        ("parts: 2, of: 3", "parts: 4, of: 3", "jury.quorum", "không quá 1"),
        ("left_sheets: COUNT", "left_sheets: CÓ", "jury.left_sheets", "COUNT"),
        ("units: ADJACENT", "units: ALL", "conflicts.units", "CHAIN"),
        ("former_years: 0", "former_years: -1", "conflicts.former_years", "từ 0 đến 50"),
        ("jury_size: 7", "jury_size: 7\nminutes: {symbol: QĐ}", "minutes.symbol", "BB-BTC"),
        (
            "blind: true",
            "blind: true\n    officers: [CHAIR]",
            "rounds.SO_KHAO.officers",
            "đúng hai",
        ),
        (
            "blind: true",
            "blind: true\n    officers: [CHAIR, CHAIR]",
            "rounds.SO_KHAO.officers",
            "khác nhau",
        ),
        (
            "blind: true",
            "blind: true\n    recovery: CHAIR",
            "rounds.SO_KHAO.recovery",
            "mã người dùng",
        ),
        ("blind: true", "blind: maybe", "rounds.SO_KHAO.blind", "true (có)"),
        (
            'step: "0.5"  # [D]\n    rubric',
            "step: 0.5\n    rubric",
            "rounds.SO_KHAO.step",
            "ngoặc kép",
        ),
        (
            'min_score: "70"',
            'min_score: "7O"',
            "rounds.SO_KHAO.advance.min_score",
            "không phải là số",
        ),
        ("issued_on: 2022-06-24", "issued_on: 2022-06-31", "basis.0.issued_on", "có trên lịch"),
        ("2022-06-30T00:00:00+07:00", "2022-06-30T00:00:00", "intake.opens", "thiếu múi giờ"),
        ("2022-06-30T00:00:00+07:00", "0022-06-30T00:00:00+07:00", "intake.opens", "Năm 22 "),
        ("2022-06-30T00:00:00+07:00", "hôm nay", "intake.opens", "không phải là thời điểm"),
        (
            "commendation: GIAY_KHEN",
            "commendation: GIAYKHEN",
            "prizes.KHUYEN_KHICH.commendation",
            "GIAY_KHEN”",
        ),
        (
            "indexes: [PAR_INDEX, SIPAS, PAPI, PCI, ICT_INDEX]",
            "indexes: PAPI",
            "indexes",
            "danh sách",
        ),
        ("organiser:  # [S]\n", "organiser: SNV\nx:\n", "organiser", "khóa: giá trị"),
        (
            "excluded_rule: Thành",
            "excluded_rule: [Thành]\n  # ",
            "entrants.excluded_rule",
            "một giá trị",
        ),
        ("  standing_unit: SNV", '  standing_unit: " "', "organiser.standing_unit", "để trống"),
    ],
)
def test_value_of_the_wrong_kind_is_explained(old, new, path, says):
    found = dict(mistakes(old, new))

    assert says in found[path]


@pytest.mark.parametrize(
    ("old", "new", "path", "says"),
    [
        ("id: HG-CCHC-2022", "id: hg/2022", "id", "chữ in hoa"),
        ("code: NGUOI_DAN,", "code: người dân,", "entrants.groups.người dân.code", "A-Z"),
        ("kinds: [INDIVIDUAL, COLLECTIVE]", "kinds: []", "entrants.kinds", "ít nhất một"),
        (
            'name: Trả lời câu hỏi, max: "20"',
            'name: X, max: "0"',
            "rounds.BAO_VE.rubric.TRA_LOI.max",
            "lớn hơn 0",
        ),
        ('min_score: "65"', 'min_score: "-1"', "prizes.KHUYEN_KHICH.min_score", "số âm"),
        ("  - weights\n", "  - weights.CHUNG_KHAO\n", "defaults", "weights.CHUNG_KHAO"),
        ("closes: 2022-08-16", "closes: 2022-06-16", "intake.closes", "phải sau"),
        ("Asia/Ho_Chi_Minh", "Asia/Hau_Giang", "timezone", "Asia/Ho_Chi_Minh"),
        ("working_days: 5", "working_days: 0", "supplement.working_days", "ít nhất 1 ngày"),
        ("max_requests: 1", "max_requests: -1", "supplement.max_requests", "từ 0 đến 366"),
        ("working_days: 5", "working_days: 999999999", "supplement.working_days", "từ 0 đến 366"),
        ("max_authors: 5", "max_authors: 0", "entrants.max_authors", "ít nhất 1"),
        ('report_above: "0.20"', 'report_above: "0.40"', "novelty.report_above", "cao hơn"),
        ('report_above: "0.20"', 'report_above: "20"', "novelty.report_above", '"0.30"'),
        ("[province_applied, ", "[tỉnh, ", "novelty.scope", "province_applied"),
        ("[published, ", "[sách, ", "novelty.forbid", "published"),
        (
            'report_above: "0.20"',
            'report_above: "0.20"\n  own_checks: 21',
            "novelty.own_checks",
            "từ 0",
        ),
        ("is_description: true", "is_description: false", "dossier", "is_description"),
        ("types: [mp4]", "types: [avi]", "dossier.optional.VIDEO.types", "“avi”"),
        ("max_mb: 300", "max_mb: 0", "dossier.optional.VIDEO.max_mb", "1 MB"),
        ("max_pages: 15", "max_pages: 0", "dossier.required.BAN_THUYET_MINH.max_pages", "từ 1"),
        (
            "types: [docx, doc, pdf]",
            "types: []",
            "dossier.required.BAN_THUYET_MINH.types",
            "loại tệp",
        ),
        ("unit_code: H30", "unit_code: SNV", "receipt.code_format", "SNV-220815-0001"),
        (
            'name: "Hình thức, minh chứng", max: "10"',
            'name: X, max: "9"',
            "rounds.SO_KHAO.rubric",
            "99 điểm",
        ),
        (
            'name: Tính mới, max: "20"',
            'name: Tính mới, max: "21"',
            "rounds.SO_KHAO.rubric.TINH_MOI.sub",
            "31 điểm",
        ),
        (
            "{code: NHAN_RONG",
            "{code: KHA_THI",
            "rounds.SO_KHAO.rubric.KHA_THI.code",
            "đã được dùng",
        ),
        (
            "judges_per_entry: 3",
            "judges_per_entry: 9",
            "rounds.SO_KHAO.judges_per_entry",
            "không đủ",
        ),
        (
            "judges_per_entry: 3",
            "judges_per_entry: 0",
            "rounds.SO_KHAO.judges_per_entry",
            "ít nhất 1",
        ),
        (
            "judges_per_entry: 3",
            "judges_per_entry: 3\n    assigning: {lead: -1}",
            "rounds.SO_KHAO.assigning.lead",
            "số âm",
        ),
        (
            "judges_per_entry: 3",
            "judges_per_entry: 3\n    assigning: {expertise: required, most_per_judge: 0}",
            "rounds.SO_KHAO.assigning.most_per_judge",
            "ít nhất 1",
        ),
        ('threshold: "15"', 'threshold: "0"', "rounds.SO_KHAO.divergence.threshold", "lớn hơn 0"),
        ('step: "0.5"', 'step: "0"', "rounds.SO_KHAO.step", "lớn hơn 0"),
        ("max_count: 16", "max_count: 7", "rounds.SO_KHAO.advance.max_count", "8 giải"),
        (
            'min_score: "70"',
            'min_score: "101"',
            "rounds.SO_KHAO.advance.min_score",
            "thang điểm 100",
        ),
        ('BAO_VE: "0.6"', 'BAO_VI: "0.6"', "weights.BAO_VI", "các vòng: SO_KHAO, BAO_VE"),
        ('SO_KHAO: "0.4"', 'SO_KHAO: "-0.4"', "weights.SO_KHAO", "số âm"),
        (
            "final_rounding: {places: 2",
            "final_rounding: {places: 9",
            "final_rounding.places",
            "từ 0 đến 6",
        ),
        ("[SO_KHAO.TINH_MOI", "[SO_KHAO.HAY", "tie_break.0", "SO_KHAO.HAY"),
        ("BAO_VE.total, council_vote", "council_vote, BAO_VE.total", "tie_break.2", "cuối cùng"),
        (
            "authority: GD_SNV",
            "authority: SNV",
            "prizes.KHUYEN_KHICH.authority",
            "CT_UBND, GD_SNV",
        ),
        ('min_score: "80"', 'min_score: "90"', "prizes.NHI.min_score", "từ cao xuống thấp"),
        ("count: 4", "count: 0", "prizes.KHUYEN_KHICH.count", "từ 1"),
        ("day: 2022-09-02", "day: 2022-09-01", "holidays.10.day", "01/09/2022"),
        (
            "  - prizes.BA.min_score",
            "  - prizes.TU.min_score",
            "defaults",
            "prizes.TU.min_score",
        ),
        ("  - tie_break", "  - weights", "defaults", "đã được liệt kê"),
        ("grace_minutes: 0", "grace_minutes: 1441", "intake.grace_minutes", "1440"),
        ("within_hours: 24", "within_hours: 200", "intake.outage.within_hours", "168"),
        ("extend_hours: 24", "extend_hours: 0", "intake.outage.extend_hours", "từ 1"),
        ("max_minutes: 7", "max_minutes: 0", "dossier.optional.VIDEO.max_minutes", "Số phút"),
        (
            'đúng sự thật.", paper: BAN_CAM_KET',
            'đúng sự thật.", paper: MINH_CHUNG',
            "dossier.declarations.CHINH_TAC_GIA.paper",
            "“MINH_CHUNG”",
        ),
        (
            'đúng sự thật.", paper',
            'đúng sự thật.", version: 0, paper',
            "dossier.declarations.CHINH_TAC_GIA.version",
            "từ 1",
        ),
        (
            "{code: CHUA_DU_THI",
            "{code: CHUA_CONG_BO",
            "dossier.declarations.CHUA_CONG_BO.code",
            "đã",
        ),
        ("{code: DU_NOI_DUNG", "{code: đủ", "dossier.checklist.đủ.code", "A-Z"),
        (
            "      max_pages: 15",
            "      max_pages: 15\n      when: STAFF",
            "dossier.required.BAN_THUYET_MINH.when",
            "conditional",
        ),
        (
            "  max_authors: 5",
            '  max_authors: 5\n  unit_duty: {staff_rates: [{rate: "1.1", below_staff: 50}]}',
            "entrants.unit_duty.staff_rates.0.rate",
            "từ 0 đến 1",
        ),
        (
            "  max_authors: 5",
            (
                '  max_authors: 5\n  unit_duty: {staff_rates: [{rate: "0.3", below_staff: 50},'
                ' {rate: "0.2", below_staff: 50}]}'
            ),
            "entrants.unit_duty.staff_rates.1.below_staff",
            "tăng dần",
        ),
        (
            "  max_authors: 5",
            (
                '  max_authors: 5\n  unit_duty: {min_entries: -1, staff_rates: [{rate: "0.3"},'
                ' {rate: "0.2", below_staff: 50}]}'
            ),
            "entrants.unit_duty.staff_rates.0.below_staff",
            "dòng cuối",
        ),
        (
            "  max_authors: 5",
            "  max_authors: 5\n  classes: [{code: A, name: A, kinds: [INDIVIDUAL]}]",
            "entrants.classes",
            "COLLECTIVE chưa thuộc",
        ),
        (
            "  max_authors: 5",
            (
                "  max_authors: 5\n  classes: [{code: A, name: A, kinds: [INDIVIDUAL,"
                " COLLECTIVE]}, {code: B, name: B, kinds: [INDIVIDUAL]}]"
            ),
            "entrants.classes.B.kinds",
            "đã thuộc bảng A",
        ),
        (
            "  max_authors: 5",
            "  max_authors: 5\n  classes: [{code: A, name: A, kinds: [INDIVIDUAL, COLLECTIVE]}]",
            "prizes.NHAT.entry_class",
            "của bảng nào",
        ),
        (
            "{code: NHAT, name: Giải Nhất,",
            "{code: NHAT, name: Giải Nhất, entry_class: A,",
            "prizes.NHAT.entry_class",
            "Không có bảng “A”",
        ),
    ],
)
def test_values_that_contradict_one_another_are_explained(old, new, path, says):
    found = dict(mistakes(old, new))

    assert says in found[path]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "khóa: giá trị"),
        ("- một\n- hai", 1, "khóa: giá trị"),
        ("id: [\n", 2, "Không đọc được YAML"),
        ("id: A\nid: B", 2, "đã có ở dòng 1"),
        ("id: &x A\ntitle: *x", 1, "Không dùng neo"),
        ("? [a]\n: b", 1, "Khóa phải là một từ"),
        ("[" * 5000, 1, "lồng nhau quá sâu"),
        ("#" * 300_000, 1, "Tệp dài quá"),
        ("a: 1\n---\nb: 2", 2, "Không đọc được YAML"),
        ("a: \x00", 1, "Không đọc được YAML"),
    ],
)
def test_text_that_is_no_tree_of_keys_is_explained(text, line, says):
    first = check(text).mistakes[0]

    assert (first.line, says in first.sentence) == (line, True)


@pytest.mark.slow
@settings(max_examples=30, deadline=None)  # a page of YAML takes long under load
@given(st.integers(0, len(SOURCE)), st.text(max_size=5))
def test_no_scribble_breaks_the_checker(place, scribble):
    checked = check(SOURCE[:place] + scribble + SOURCE[place:])

    assert (checked.rules is None) == bool(checked.mistakes)
    assert all(found.line >= 1 and found.column >= 1 for found in checked.mistakes)


def test_check_prints_the_hash_of_a_sound_file():
    outcome = CliRunner().invoke(group, ["check", str(FILE)])

    assert (outcome.exit_code, outcome.output) == (0, f"{check(SOURCE).sha256}\n")


def test_check_prints_every_mistake_with_its_place(tmp_path):
    broken = tmp_path / "thể-lệ.yaml"
    broken.write_text(SOURCE.replace("jury_size: 7", "jury_size: 1"))

    outcome = CliRunner().invoke(group, ["check", str(broken)])

    assert outcome.exit_code == 1
    assert re.fullmatch(
        rf"{broken}:\d+:5: rounds\.SO_KHAO\.judges_per_entry: .* chỉ có 1 người.*\n",
        outcome.output,
    )


def test_check_of_a_file_in_another_encoding_says_so(tmp_path):
    broken = tmp_path / "tcvn3.yaml"
    broken.write_bytes(b"title: \xb8")

    outcome = CliRunner().invoke(group, ["check", str(broken)])

    assert (outcome.exit_code, "UTF-8 (byte 8)" in outcome.output) == (1, True)


def test_hash_prints_as_sha256sum_does():
    outcome = CliRunner().invoke(group, ["hash", str(FILE)])

    assert outcome.output == f"{check(SOURCE).sha256}  {FILE}\n"
