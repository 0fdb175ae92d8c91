"""Papers as PDF/A with the fonts inside, set by Typst from a template; start with `typeset`."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import typst
from msgspec import json

from press.font import find_font

Standard = Literal["a-2b", "a-3b"]
MARKED = """
#set page(foreground: {{
  let mark = text(font: "Liberation Serif", size: 10pt, weight: "bold", fill: rgb("#b3191e"),
    lang: "vi", sys.inputs.mark-of-trial)
  place(top + center, dy: 2mm, mark)
  place(bottom + center, dy: -2mm, mark)
}})
#include "/{name}"
"""


def typeset(  # noqa: PLR0913, PLR0917  # a print is all of this
    template: Path,
    inputs: Mapping[str, str],
    font_path: str,
    dated: datetime,
    standard: Standard = "a-2b",
    mark: str = "",
) -> bytes:
    """Return the template, filled with its inputs, as PDF; the same inputs print to the same.

    `dated`, an aware instant, becomes the file's own date, to the second. PDF/A-3 may carry any
    attachment. A `mark` stands at the head and the foot of every page. Raises `FontMissing`.
    """
    # Of any type: by typst's own a root would have to be bytes where the source is.
    source: Any = MARKED.format(name=template.name).encode() if mark else str(template)
    printed: bytes = typst.compile(
        source,
        root=str(template.parent),
        format="pdf",
        font_paths=[str(find_font(font_path).parent)],
        ignore_system_fonts=True,
        sys_inputs=dict(inputs) | {"mark-of-trial": mark},
        pdf_standards=[standard],
        timestamp=dated.replace(microsecond=0),
    )
    return printed


def told_by(
    template: Path, inputs: Mapping[str, str], font_path: str, label: str
) -> tuple[Any, ...]:
    """Return what the template, filled, tells at each place that has the label, in order.

    That is the value of a Typst `metadata`, as JSON has it. Raises `FontMissing`.
    """
    found = typst.query(
        str(template),
        f"<{label}>",
        field="value",
        font_paths=[str(find_font(font_path).parent)],
        ignore_system_fonts=True,
        sys_inputs=dict(inputs),
    )
    return tuple(json.decode(found))
