"""A YAML text as a tree in which every key knows its line and column. Start with `read_tree`."""

from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from contracts.intake import RuleMistake

MOST_CHARACTERS = 65_536  # seven times Hậu Giang 2022; reading it keeps a worker busy
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the text, counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value as written; `tag` is YAML's guess: `str`, `int`, `float`, `bool`, `null`."""

    spot: Spot
    text: str
    tag: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    spot: Spot
    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values; `keys` holds where each key stands."""

    spot: Spot
    values: dict[str, "Node"] = field(default_factory=dict)
    keys: dict[str, Spot] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong at a path of the tree, or at an exact spot."""

    path: Path
    sentence: str
    spot: Spot | None = None


class Unreadable(Exception):
    """The text is not a tree of keys and values at all."""

    def __init__(self, mistakes: list[tuple[Spot, str]]) -> None:
        super().__init__(mistakes[0][1])
        self.mistakes = tuple(
            RuleMistake(line=spot.line, column=spot.column, path="", sentence=sentence)
            for spot, sentence in mistakes
        )


def read_tree(text: str) -> Mapping:
    """Read a YAML mapping. Raise `Unreadable` with every fault that keeps it from being one."""
    start = Spot(1, 1)
    if len(text) > MOST_CHARACTERS:
        raise Unreadable([(start, f"Tệp dài quá {MOST_CHARACTERS} ký tự; hãy kiểm tra lại tệp.")])
    try:
        root = YAML(typ="safe", pure=True).compose(text)
        faults: list[tuple[Spot, str]] = []
        tree = None if root is None else _node(root, faults)
    except RecursionError:
        raise Unreadable([(start, "Tệp lồng nhau quá sâu; hãy bỏ bớt các cấp.")]) from None
    except YAMLError as error:
        raise Unreadable([_syntax(error)]) from error
    if faults:
        raise Unreadable(faults)
    if not isinstance(tree, Mapping):
        raise Unreadable([(start, "Tệp phải gồm các dòng “khóa: giá trị”, ví dụ “id: HG-2022”.")])
    return tree


def locate(tree: Mapping, path: Path) -> Spot:
    """Return where a path stands; of a path that does not exist, where its nearest parent does."""
    node: Node = tree
    spot = Spot(1, 1)
    for step in path:
        match node, step:
            case Mapping(), str() if step in node.values:
                spot, node = node.keys[step], node.values[step]
            case Sequence(), int() if step < len(node.items):
                node = node.items[step]
                spot = node.spot
            case _:
                break
    return spot


def name_path(tree: Mapping, path: Path) -> str:
    """Write a path with dots; an item of a list is called by its code or id where it has one."""
    names = []
    node: Node | None = tree
    for step in path:
        match node, step:
            case Sequence(), int() if step < len(node.items):
                node = node.items[step]
                names.append(name_of(node) or str(step))
            case Mapping(), str():
                node = node.values.get(step)
                names.append(step)
            case _:
                names.append(str(step))
    return ".".join(names)


def name_of(node: Node) -> str | None:
    """Return the code or id a list's item carries."""
    if isinstance(node, Mapping):
        for key in ("code", "id"):
            match node.values.get(key):
                case Scalar(text=text):
                    return text
    return None


# ruamel.yaml types its nodes as Any.
def _node(raw: Any, faults: list[tuple[Spot, str]]) -> Node:  # noqa: ANN401
    spot = Spot(raw.start_mark.line + 1, raw.start_mark.column + 1)
    if raw.anchor is not None:
        # An alias may repeat itself without end, and a reader of the rules would have to search.
        faults.append((spot, f"Không dùng neo “&{raw.anchor}”; hãy viết lại giá trị tại chỗ."))
        return Scalar(spot, "", "null")
    match raw.id:
        case "scalar":
            return Scalar(spot, str(raw.value), str(raw.tag).rsplit(":", 1)[-1])
        case "sequence":
            return Sequence(spot, tuple(_node(item, faults) for item in raw.value))
        case _:
            return _mapping(raw, spot, faults)


def _mapping(raw: Any, spot: Spot, faults: list[tuple[Spot, str]]) -> Mapping:  # noqa: ANN401
    mapping = Mapping(spot)
    for raw_key, raw_value in raw.value:
        key = _node(raw_key, faults)
        if not isinstance(key, Scalar):
            faults.append((key.spot, "Khóa phải là một từ, không phải một danh sách."))
        elif key.text in mapping.values:
            first = mapping.keys[key.text].line
            sentence = f"Khóa “{key.text}” đã có ở dòng {first}; hãy giữ lại một khóa."
            faults.append((key.spot, sentence))
        else:
            mapping.keys[key.text] = key.spot
            mapping.values[key.text] = _node(raw_value, faults)
    return mapping


def _syntax(error: YAMLError) -> tuple[Spot, str]:
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    spot = Spot(mark.line + 1, mark.column + 1) if mark else Spot(1, 1)
    problem = error.problem if isinstance(error, MarkedYAMLError) else str(error).splitlines()[0]
    advice = "hãy xem lại dấu hai chấm, ngoặc kép và thụt đầu dòng"
    return spot, f"Không đọc được YAML ở đây ({problem}); {advice}."
