"""A rules file with another closing instant, and nothing else changed."""

import re
from datetime import datetime

from kernel.errors import Refused
from services.intake.rules.tree import Mapping, Scalar, read_tree

INSTANT = re.compile(r"""["']?\d{4}-\d\d-\d\d[Tt ][^\s"',}#]+["']?""")


class ClosingNotFound(Refused):
    """The closing instant cannot be changed in this file; send the whole file as amended."""


def with_closing(source: str, closes: datetime) -> str:
    """Return the file with its `intake.closes` written anew. Raises `ClosingNotFound`."""
    match read_tree(source).values.get("intake"):
        case Mapping(values={"closes": Scalar(spot=spot)}):
            pass
        case _:
            raise ClosingNotFound
    lines = source.split("\n")
    line, column = lines[spot.line - 1], spot.column - 1
    written = INSTANT.match(line, column)
    if written is None:
        raise ClosingNotFound
    quote = written[0][0] if written[0][0] in "\"'" else ""
    lines[spot.line - 1] = (
        f"{line[:column]}{quote}{closes.isoformat()}{quote}{line[written.end() :]}"
    )
    return "\n".join(lines)
