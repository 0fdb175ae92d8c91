"""What people read of notices, how they wish to be told, and in which words it is written."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from contracts.message import Command, Query
from contracts.notify.sending import DeliveryChannel, DeliveryState, Reason

Language = Literal["vi", "en"]


class ListMyNotices(Query, frozen=True, kw_only=True):
    """What the caller was told, newest first, at most 200. Reply: `Inbox`."""


class MyNotice(Struct, frozen=True, kw_only=True):
    """A notice as its reader reads it, in their language. `read_at` is None until it is opened."""

    event_id: str
    code: str
    title: str
    text: str
    told_at: datetime
    read_at: datetime | None = None
    contest_id: str
    entry_id: str | None = None


class Inbox(Struct, frozen=True, kw_only=True):
    """Somebody's notices, and how many of all they have not opened."""

    unread: int
    notices: tuple[MyNotice, ...]


class CountUnread(Query, frozen=True, kw_only=True):
    """How many notices the caller has not opened. Reply: a number."""


class ReadNotices(Command, frozen=True, kw_only=True):
    """Remember that the caller has opened these. Reply: None."""

    event_ids: tuple[str, ...]


class ShowMyWishes(Query, frozen=True, kw_only=True):
    """How the caller wishes to be told. Reply: `NoticeWishes`."""


class NoticeWishes(Struct, frozen=True, kw_only=True):
    """How somebody wishes to be told: language, the way they like, kinds they do without.

    Only kinds in `optional` can be done without: one has a right to hear of all others.
    """

    language: Language = "vi"
    first: Literal["EMAIL", "ZNS", "SMS", "INBOX"] | None = None
    off: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


class SetMyWishes(Command, frozen=True, kw_only=True):
    """Say how the caller wishes to be told from now on. Reply: None."""

    language: Language = "vi"
    first: Literal["EMAIL", "ZNS", "SMS", "INBOX"] | None = None
    off: tuple[str, ...] = ()


class Unsubscribe(Command, frozen=True, kw_only=True):
    """Do without a kind of notice, by the signed link of a letter. Reply: the kind's code.

    Whoever holds the link may, signed in or not (RFC 8058).
    """

    token: str


class ShowNoticeWords(Query, frozen=True, kw_only=True):
    """The words of a kind of notice as they stand. Reply: `NoticeWords`.

    `contest_id` empty: those for all contests.
    """

    code: str
    language: Language = "vi"
    contest_id: str = ""


class NoticeWords(Struct, frozen=True, kw_only=True):
    """The words of a notice. The first line of `text` is the subject; `short` is for SMS and Zalo.

    `version` says which words these are, and stands in the log of what they wrote. `form_id` is
    that of the form Zalo has approved. `known` are the placeholders there are.
    """

    code: str
    language: Language
    version: str
    text: str
    short: str
    form_id: str = ""
    known: tuple[str, ...] = ()
    contest_id: str = ""


class ChangeNoticeWords(Command, frozen=True, kw_only=True):
    """Write a kind of notice in other words from now on. Reply: the new version.

    An empty `text` or `short` gives that of the layer below back.
    """

    code: str
    language: Language = "vi"
    text: str = ""
    short: str = ""
    form_id: str = ""
    contest_id: str = ""


class PreviewNotice(Query, frozen=True, kw_only=True):
    """A kind of notice written with sample facts, marked as one. Reply: `NoticePreview`.

    With `text` or `short`, those words are tried instead of what stands.
    """

    code: str
    language: Language = "vi"
    contest_id: str = ""
    text: str = ""
    short: str = ""


class NoticePreview(Struct, frozen=True, kw_only=True):
    """What a reader would get: an e-mail's subject, text and HTML, and the short message."""

    subject: str
    text: str
    html: str
    short: str
    version: str


class ShowNotices(Query, frozen=True, kw_only=True):
    """Who was told what about an entry, in a contest or of a person, and when, in one answer.

    Reply: tuple of `NoticeLine`, the newest 1000, oldest first. With `after`, the 1000 that follow
    that delivery instead, the first ones if it is empty: so all can be read. An entrant may ask
    about their own entry, and sees what its authors and whoever filed it were told.
    """

    entry_id: str | None = None
    contest_id: str | None = None
    person_id: str | None = None
    held: bool = False  # only what waits for somebody's look
    after: str | None = None  # the id of a delivery


class NoticeLine(Struct, frozen=True, kw_only=True):
    """One message to one recipient, in words. `words_version` says by which words it was written.

    `name` is empty where nobody has registered them, and of programs.
    """

    delivery_id: str
    code: str
    title: str
    recipient: str
    name: str
    channel: DeliveryChannel
    state: DeliveryState
    queued_at: datetime
    due_at: datetime
    sent_at: datetime | None = None
    read_at: datetime | None = None
    expires_at: datetime | None = None
    attempts: int = 0
    last_error: str | None = None
    words_version: str | None = None
    entry_ids: tuple[str, ...] = ()
    text: str = ""  # of what is held, for who looks at it
    reason: Reason | None = None  # `last_error`, where it is a sentence of our own


class RemindDrafts(Command, frozen=True, kw_only=True):
    """Remind those of the caller's unit whose entries in a contest are not handed in, once a day.

    Reply: how many people that are; who they are is not told.
    """

    contest_id: str
