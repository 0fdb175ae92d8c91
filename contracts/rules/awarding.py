"""How a contest awards: its prizes and who grants them."""

from decimal import Decimal
from typing import Literal

from contracts.rules.part import Part


class Prize(Part, frozen=True):
    """A kind of prize (cơ cấu giải thưởng), best first in the rules.

    Where entries compete in classes, `entry_class` names the class it is for.
    """

    code: str
    name: str
    count: int
    commendation: Literal["BANG_KHEN", "GIAY_KHEN"]
    authority: str  # the code of an Authority
    min_score: Decimal
    entry_class: str | None = None


class Authority(Part, frozen=True):
    """Who decides on prizes (thẩm quyền khen thưởng) and how their documents are headed.

    `parent` and `issuer` are the two lines of the document head, `symbol` follows the number
    (`QĐ-UBND`), `signer_title` stands above the signature. Layout: NĐ 30/2020/NĐ-CP.
    """

    code: str
    name: str
    issuer: str
    symbol: str
    signer_title: str
    place: str
    parent: str | None = None
    signer_name: str | None = None
