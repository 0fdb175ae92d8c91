"""Next year's rules file made from last year's. Start with `clone`.

Days and instants keep their day and month in the new year. Whatever was moved is marked `[D]` and
listed in `defaults`, for somebody to confirm; the calendar of days off is left empty, since it is
announced anew each year. All else stays as written, comments too.
"""

import re
from collections.abc import Iterator

from services.intake.rules import canonical, check
from services.intake.rules.tree import Mapping, Node, Path, Scalar, Sequence, name_path, read_tree

DAY = re.compile(r"(\d{4})(-\d\d-\d\d)")
COMMENT = re.compile(r"\s+#\s.*$")


class NotSound(Exception):
    """The file to be cloned has mistakes; mend them first."""


def clone(source: str, year: int, contest_id: str) -> str:
    """Return the text of a rules file for another year under another id. Raises `NotSound`."""
    rules = check(source).rules
    if rules is None:
        raise NotSound
    text, last = canonical(source), rules.intake.opens.year
    tree = read_tree(text)
    lines = text.split("\n")
    note = f"  # [D] chuyển từ năm {last}, chờ xác nhận"
    moved: list[Path] = []
    for path, scalar in scalars(tree):
        written = moved_to(path, scalar.text, (last, year), contest_id)
        if written != scalar.text and path[0] not in ("holidays", "defaults"):
            put(lines, scalar, written, note)
            moved.append(path)
    names = [name_path(tree, path) for path in moved]
    if "holidays" in tree.values:
        names.append("holidays")
    doubtful = [name for name in names if name not in rules.defaults]
    with_defaults(lines, tree, [name for name in doubtful if not is_covered(name, rules.defaults)])
    without_holidays(lines, tree, f"holidays: []  # [D] lịch nghỉ năm {year} chưa có")
    return "\n".join(lines)


def scalars(node: Node, path: Path = ()) -> Iterator[tuple[Path, Scalar]]:
    """Yield every single value with its path."""
    match node:
        case Scalar():
            yield path, node
        case Sequence(items=items):
            for at, item in enumerate(items):
                yield from scalars(item, (*path, at))
        case Mapping(values=values):
            for key, value in values.items():
                yield from scalars(value, (*path, key))


def moved_to(path: Path, text: str, years: tuple[int, int], contest_id: str) -> str:
    """Return what a value is in the new year."""
    last, year = years
    if path == ("id",):
        return contest_id
    if path == ("title",):
        return text.replace(str(last), str(year))
    day = DAY.match(text)
    if day is None:
        return text
    shifted = f"{int(day[1]) + year - last}{day[2]}"
    if shifted.endswith("-02-29"):
        shifted = shifted.replace("-02-29", "-02-28")
    return shifted + text[day.end() :]


def put(lines: list[str], scalar: Scalar, written: str, note: str) -> None:
    """Write a value in the place of another and the note behind the line."""
    at, column = scalar.spot.line - 1, scalar.spot.column - 1
    before, after = lines[at][:column], lines[at][column:]
    line = before + after.replace(scalar.text, written, 1)
    lines[at] = COMMENT.sub("", line) + note


def is_covered(name: str, defaults: tuple[str, ...]) -> bool:
    """Say whether a path stands below one that is listed already."""
    return any(name.startswith(f"{listed}.") for listed in defaults)


def with_defaults(lines: list[str], tree: Mapping, names: list[str]) -> None:
    """List more values as doubtful, at the end of the list."""
    items = [f"  - {name}" for name in dict.fromkeys(names)]
    listed = tree.values.get("defaults")
    if isinstance(listed, Sequence) and listed.items:
        at = listed.items[-1].spot.line
        lines[at:at] = items
    elif items:
        lines += ["defaults:", *items, ""]


def without_holidays(lines: list[str], tree: Mapping, instead: str) -> None:
    """Replace the list of days off by an empty one."""
    if "holidays" not in tree.values:
        return
    first = tree.keys["holidays"].line
    later = [spot.line for spot in tree.keys.values() if spot.line > first]
    end = min(later, default=len(lines) + 1) - 1
    kept = [line for line in lines[first:end] if line.startswith("#") or not line.strip()]
    lines[first - 1 : end] = [instead, *kept]
