"""What goes to the press; apart from the press, which is heavy to import."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from services.originality.domain.slip import Slip


class Order(Struct, frozen=True, kw_only=True):
    """What to print and as what; `dated`, an aware instant, becomes the file's own date.

    Every page bears the `mark`, if there is one.
    """

    slip: Slip
    format: Literal["pdf", "docx"]
    dated: datetime
    font_path: str
    mark: str = ""
