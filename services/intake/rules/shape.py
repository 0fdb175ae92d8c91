"""Whether a rules file has the keys and types of `contracts.rules.Rules`.

Start with `read_sections`. Unlike msgspec itself it goes on after a mistake, so that whoever
wrote the file sees all of them at once.
"""

from contextlib import suppress
from difflib import get_close_matches
from functools import cache
from typing import Any

from msgspec import ValidationError, convert, inspect

from contracts.rules import Rules
from services.intake.rules.tree import Mapping, Mistake, Node, Path, Scalar, Sequence
from services.intake.rules.values import Wrong, read_value

Sections = dict[str, Any]


def read_sections(tree: Mapping) -> tuple[Sections, list[Mistake]]:
    """Read every top-level key that can be understood, and report all that is wrong.

    A misspelt key or an unquoted number is a mistake, but does not hide those that follow.
    """
    shape = shape_of_rules()
    mistakes: list[Mistake] = []
    plain = _take(tree, shape, (), mistakes)
    sections: Sections = {}
    for field in shape.fields:
        if field.encode_name in plain:
            with suppress(ValidationError):
                value = plain[field.encode_name]
                sections[field.name] = convert(value, Rules.__annotations__[field.name])
        elif not field.required:
            sections[field.name] = field.default
    return sections, mistakes


@cache
def shape_of_rules() -> inspect.StructType:
    """Return the keys and types of a rules file; to find them out takes tens of milliseconds."""
    shape = inspect.type_info(Rules)
    if not isinstance(shape, inspect.StructType):  # pragma: no cover
        raise TypeError(shape)
    return shape


def _take(node: Node, shape: inspect.Type, path: Path, found: list[Mistake]) -> Any:  # noqa: ANN401
    """Return the node as plain values, adding to `found` what is wrong."""
    if isinstance(shape, inspect.UnionType):
        if isinstance(node, Scalar) and node.tag == "null":
            return None
        (shape,) = (one for one in shape.types if not isinstance(one, inspect.NoneType))
    match shape:
        case inspect.StructType() | inspect.DictType():
            return _take_mapping(node, shape, path, found)
        case inspect.VarTupleType():
            return _take_list(node, shape, path, found)
        case _:
            return _take_scalar(node, shape, path, found)


def _take_mapping(
    node: Node, shape: inspect.StructType | inspect.DictType, path: Path, found: list[Mistake]
) -> object:
    if not isinstance(node, Mapping):
        found.append(Mistake(path, "Ở đây phải là một nhóm “khóa: giá trị”."))
        return None
    if isinstance(shape, inspect.DictType):
        return {
            key: _take(value, shape.value_type, (*path, key), found)
            for key, value in node.values.items()
        }
    types = {field.encode_name: field.type for field in shape.fields}
    plain = {}
    for key, value in node.values.items():
        name = key if key in types else _misspelt(key, node, types)
        if name != key:
            found.append(Mistake((*path, key), _unknown(key, name, types)))
        if name is not None:
            plain[name] = _take(value, types[name], (*path, key), found)
    for field in shape.fields:
        if field.required and field.encode_name not in plain:
            sentence = f"Thiếu khóa “{field.encode_name}”; hãy thêm vào nhóm này."
            found.append(Mistake(path, sentence))
    return plain


def _take_list(
    node: Node, shape: inspect.VarTupleType, path: Path, found: list[Mistake]
) -> object:
    if not isinstance(node, Sequence):
        found.append(Mistake(path, "Ở đây phải là một danh sách: mỗi mục một dòng “- …”."))
        return None
    return [
        _take(item, shape.item_type, (*path, number), found)
        for number, item in enumerate(node.items)
    ]


def _take_scalar(node: Node, shape: inspect.Type, path: Path, found: list[Mistake]) -> object:
    if not isinstance(node, Scalar):
        found.append(Mistake(path, "Ở đây phải là một giá trị, không phải danh sách hay nhóm."))
        return None
    try:
        return read_value(node, shape)
    except Wrong as wrong:
        found.append(Mistake(path, str(wrong)))
        return wrong.meant


def _misspelt(key: str, node: Mapping, types: dict[str, inspect.Type]) -> str | None:
    free = [name for name in types if name not in node.values]
    return next(iter(get_close_matches(key, free, n=1, cutoff=0.6)), None)


def _unknown(key: str, name: str | None, types: dict[str, inspect.Type]) -> str:
    advice = f"có phải “{name}” không?" if name else f"dùng được: {', '.join(types)}."
    return f"Không có khóa nào tên “{key}”; {advice}"
