"""What a channel carries, whoever wrote it: one frozen value per kind of message.

The channels take these and know nothing of templates; who writes them knows nothing of channels.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message; `media_type` as in `text/calendar`."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail: `text` always, `html` beside it where there is one.

    With an `unsubscribe_url` (https) the reader can unsubscribe by one click (RFC 8058).
    """

    subject: str
    text: str
    html: str | None = None
    attachments: tuple[Attachment, ...] = ()
    unsubscribe_url: str | None = None


@dataclass(frozen=True, slots=True)
class ShortMessage:
    """An SMS, in Vietnamese as it is written; the channel takes the diacritics off."""

    text: str


@dataclass(frozen=True, slots=True)
class FormMessage:
    """A Zalo ZNS message: the id of an approved template and what fills its fields."""

    template_id: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """A document for the exchange axis (edXML).

    `code` is its number and notation (`7816/VPCP-TTĐT`), `issued_by` and `to` are ids of
    organisations on the axis (`000.00.00.H30`), `dated` its day in Vietnam. All four are empty
    until it is numbered.
    """

    code: str
    title: str
    body_text: str
    issued_by: str
    to: tuple[str, ...]
    attachments: tuple[Attachment, ...] = ()
    dated: date | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A line in the reader's inbox in the portal; `link` is a path there, or empty."""

    title: str
    text: str
    link: str = ""


Written = Letter | ShortMessage | FormMessage | OfficialDocument | Note
