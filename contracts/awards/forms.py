"""Papers issued by the forms of a legal profile."""

from msgspec import Struct, field

from contracts.message import Command, Query


class IssueDocument(Command, frozen=True, kw_only=True):
    """Issue a paper of one of the legal profile's forms (tờ trình, thông báo …). Reply: `Paper`.

    `body` is the code of one of the rules' authorities, whose own officer asks, or `BTC` for the
    organising committee. `texts`, `lists` and `rows` fill the slots and the list of the form
    (`ShowWording`); with `winners` the list is that of the prizes as they stand. Whose entry it
    is about may read it beside the office.
    """

    contest_id: str
    form: str
    body: str = "BTC"
    texts: dict[str, str] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rows: tuple[tuple[str, ...], ...] = ()
    winners: bool = False
    entry_id: str | None = None


class PreviewDocument(Query, frozen=True, kw_only=True):
    """Reply: bytes, the PDF that `IssueDocument` with the same fields would issue, unnumbered."""

    contest_id: str
    form: str
    body: str = "BTC"
    texts: dict[str, str] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rows: tuple[tuple[str, ...], ...] = ()
    winners: bool = False
    entry_id: str | None = None


class ListForms(Query, frozen=True, kw_only=True):
    """Reply: `Forms`, the papers a contest's legal profile words and the caller may issue."""

    contest_id: str


class FormSlot(Struct, frozen=True, kw_only=True):
    """Something a form has to be told: a text, or a list said item by item. `label` names it."""

    name: str
    label: str
    is_list: bool = False


class FormView(Struct, frozen=True, kw_only=True):
    """A form: its kind of paper, subject, slots, and the columns of its list, if it has one.

    `about` is the subject as far as it is known before anything is told.
    """

    form: str
    type_name: str
    about: str
    slots: tuple[FormSlot, ...]
    columns: tuple[str, ...] = ()
    lists_prizes: bool = False


class BodyView(Struct, frozen=True, kw_only=True):
    """A body the caller may issue papers for."""

    code: str
    name: str


class Forms(Struct, frozen=True, kw_only=True):
    """The forms of a contest's papers, and for whom the caller may issue them."""

    forms: tuple[FormView, ...]
    bodies: tuple[BodyView, ...]
