"""Provenance: `defaults` names values of the file that come from no source yet."""

from collections.abc import Iterator

from msgspec import inspect

from services.intake.rules.shape import shape_of_rules
from services.intake.rules.tree import Mapping, Mistake, Node, Sequence, name_of


def defaults_exist(defaults: tuple[str, ...], tree: Mapping) -> Iterator[Mistake]:
    """Check that each path leads to a value, or to one that was left out on purpose."""
    seen = set()
    for at, path in enumerate(defaults):
        if not _exists(path.split("."), tree, shape_of_rules()):
            sentence = f"Không có giá trị nào ở “{path}”; gọi mục của danh sách bằng mã của nó."
            yield Mistake(("defaults", at), sentence)
        if path in seen:
            yield Mistake(("defaults", at), f"“{path}” đã được liệt kê; hãy bỏ một dòng.")
        seen.add(path)


def _exists(steps: list[str], node: Node | None, shape: inspect.Type) -> bool:
    for step in steps:
        child, inner = _child(step, node), _inner(step, shape)
        if inner is None or (child is None and not isinstance(shape, inspect.StructType)):
            return False
        node, shape = child, inner
    return True


def _child(step: str, node: Node | None) -> Node | None:
    if isinstance(node, Sequence):
        return {name_of(item) or str(at): item for at, item in enumerate(node.items)}.get(step)
    return node.values.get(step) if isinstance(node, Mapping) else None


def _inner(step: str, shape: inspect.Type) -> inspect.Type | None:
    """Return the type one step down; of what may be left out, the type it has if it is there."""
    found: inspect.Type | None = None
    match shape:
        case inspect.StructType(fields=fields):
            found = next((field.type for field in fields if field.name == step), None)
        case inspect.DictType(value_type=found) | inspect.VarTupleType(item_type=found):
            pass
        case _:
            return None
    if isinstance(found, inspect.UnionType):
        return next(one for one in found.types if not isinstance(one, inspect.NoneType))
    return found
