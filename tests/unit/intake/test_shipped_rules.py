"""The rules files that ship say of every value where it comes from."""

import re
from pathlib import Path

import pytest

from services.intake.rules import check
from services.intake.rules.cloning import scalars
from services.intake.rules.tree import locate, name_path, read_tree

FILES = sorted(Path("contests").glob("*.yaml"))
MARK = re.compile(r"\[(S|P|C|D|mem)\]")
DOUBTFUL = {"C", "D", "mem"}


@pytest.fixture(params=FILES, ids=lambda file: file.name)
def text(request) -> str:
    return request.param.read_text()


def marks(text: str) -> dict[str, frozenset[str]]:
    """Return the marks that hold for every single value: those nearest to it, by its path."""
    tree, lines = read_tree(text), text.splitlines()
    found = {}
    for path, scalar in scalars(tree):
        if path[0] == "defaults":
            continue
        places = [scalar.spot.line]
        places += [locate(tree, path[:depth]).line for depth in range(len(path), 0, -1)]
        said = (MARK.findall(lines[line - 1].partition("#")[2]) for line in places)
        found[name_path(tree, path)] = frozenset(next(filter(None, said), ()))
    return found


def covers(default: str, path: str) -> bool:
    return path == default or path.startswith(f"{default}.")


def test_the_four_files_ship():
    assert [file.stem for file in FILES] == [
        "ha-noi-2024", "hau-giang-2022", "hau-giang-2024", "soc-trang-2022",
    ]  # fmt: skip


def test_a_shipped_file_is_sound(text):
    assert check(text).mistakes == ()


def test_every_value_says_where_it_comes_from(text):
    assert [path for path, said in marks(text).items() if not said] == []


def test_every_doubtful_value_is_listed_as_a_default(text):
    defaults = check(text).rules.defaults

    doubtful = [path for path, said in marks(text).items() if said and said <= DOUBTFUL]

    assert [path for path in doubtful if not any(covers(one, path) for one in defaults)] == []


def test_no_value_with_a_source_is_listed_as_a_default(text):
    said = marks(text)

    for default in check(text).rules.defaults:
        below = [found for path, found in said.items() if covers(default, path)]
        assert all(found & DOUBTFUL for found in below), default


def test_soc_trang_closes_at_ten_in_the_evening():
    closes = check(Path("contests/soc-trang-2022.yaml").read_text()).rules.intake.closes

    assert closes.isoformat() == "2022-10-15T22:00:00+07:00"


def test_ha_noi_has_a_prize_table_for_each_class():
    rules = check(Path("contests/ha-noi-2024.yaml").read_text()).rules

    tables = {
        one.code: [prize.count for prize in rules.prizes if prize.entry_class == one.code]
        for one in rules.entrants.classes
    }
    assert tables == {"CA_NHAN": [1, 2, 3, 5], "TAP_THE": [1, 1, 1]}
