"""The indexes an entry may say it improves, with their components."""

from typing import ClassVar

from msgspec import Struct

from contracts.message import PUBLIC, Query


class ListIndexes(Query, frozen=True, kw_only=True):
    """The catalogue of indexes. Reply: `IndexCatalogue`."""

    scope: ClassVar = PUBLIC


class IndexComponent(Struct, frozen=True, kw_only=True):
    """A part of an index, e.g. a dimension or a sub-index. Codes count within their index."""

    code: str
    name: str


class Index(Struct, frozen=True, kw_only=True):
    """An index by which provinces are compared. `unconfirmed`: not yet checked at the source."""

    code: str
    name: str
    owner: str
    components: tuple[IndexComponent, ...] = ()
    unconfirmed: bool = False


class IndexCatalogue(Struct, frozen=True, kw_only=True):
    """All known indexes. `version` changes when a publisher changes its components."""

    version: str
    indexes: tuple[Index, ...]
