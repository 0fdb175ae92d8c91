"""Papers as PDF/A with the fonts inside, set by Typst from a template; start with `typeset`."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal

import typst

from press.font import find_font

Standard = Literal["a-2b", "a-3b"]


def typeset(
    template: Path,
    inputs: Mapping[str, str],
    font_path: str,
    dated: datetime,
    standard: Standard = "a-2b",
) -> bytes:
    """Return the template, filled with its inputs, as PDF; the same inputs print to the same.

    `dated`, an aware instant, becomes the file's own date, to the second. PDF/A-3 may carry any
    attachment. Raises `FontMissing`.
    """
    printed: bytes = typst.compile(
        str(template),
        format="pdf",
        font_paths=[str(find_font(font_path).parent)],
        ignore_system_fonts=True,
        sys_inputs=dict(inputs),
        pdf_standards=[standard],
        timestamp=dated.replace(microsecond=0),
    )
    return printed
