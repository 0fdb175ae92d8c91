"""Writes what a channel carries from the words of a notice and the facts of an event.

A short message knows a code, a time limit, the contest and a link, and nothing else: no score, no
number of an identity card, no word of a complaint can be in it.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import partial
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from msgspec import convert

from kernel.errors import Refused
from services.notify.domain import Contest
from services.notify.domain.telling import Channel
from services.notify.writing import spelling
from services.notify.writing.words import FOLDER, Language, Words, template_of
from services.notify.written import (
    Attachment,
    FormMessage,
    Letter,
    Note,
    OfficialDocument,
    ShortMessage,
    Written,
)

BOX = "/toi/thong-bao"  # where the portal shows somebody's notices
SPELLING = {
    "vi": (spelling.spell_out, spelling.spell_end, spelling.spell_date),
    "en": (spelling.tell_instant, spelling.tell_end, spelling.tell_date),
}
layout = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)


class NotWritten(Refused):
    """This notice cannot be written for this channel."""


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom it is written. `portal` is the portal's address, a bare path if empty.

    `unsubscribe_url` is there only for what one may do without. `sample` marks what is none.
    """

    name: str
    contest: Contest
    portal: str = ""
    unsubscribe_url: str | None = None
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Short:
    """All that a short message may say; `code` and `due` are empty where there are none."""

    code: str
    contest: str
    due: str
    link: str


def compose(
    channel: Channel, words: Words, content: Mapping[str, object], reader: Reader
) -> Written:
    """Write a notice. Raises `NotWritten`, and `jinja2.TemplateError` for words with a mistake."""
    match channel:
        case "EMAIL":
            return write_letter(words, content, reader)
        case "SMS":
            return ShortMessage(write_short(words, content, reader))
        case "ZNS":
            if not words.form_id:
                raise NotWritten("No form is approved for {code}.", code=words.code)
            fields = asdict(short_facts(words.language, content, reader))
            return FormMessage(words.form_id, {**fields, "name": reader.name})
        case "INBOX" | "EDXML":
            return write_plainly(channel, *write_text(words, content, reader))
    raise NotWritten("Notices do not go by {channel}.", channel=channel)


def write_plainly(channel: Channel, subject: str, text: str) -> Note | OfficialDocument:
    """Return a note for the portal, or a document that has no number yet."""
    if channel == "INBOX":
        return Note(subject, text, BOX)
    return OfficialDocument("", subject, text, issued_by="", to=())


def write_letter(words: Words, content: Mapping[str, object], reader: Reader) -> Letter:
    """Write an e-mail: text, the same as HTML, calendars beside it."""
    subject, text = write_text(words, content, reader)
    calendars = convert(content.get("calendars", ()), tuple[str, ...])
    return Letter(
        subject=subject,
        text=text + unsubscribing(words.language, reader),
        html=as_html(words.language, subject, text, reader),
        attachments=tuple(
            Attachment(f"lich-{number}.ics", "text/calendar", calendar.encode())
            for number, calendar in enumerate(calendars, 1)
        ),
        unsubscribe_url=reader.unsubscribe_url,
    )


def write_text(words: Words, content: Mapping[str, object], reader: Reader) -> tuple[str, str]:
    """Fill the words: the first line is the subject, the rest the text."""
    zone = ZoneInfo(reader.contest.timezone)
    in_words, until, on_day = SPELLING[words.language]
    page = template_of(words.language, words.text).render(
        {**content, "name": reader.name, "contest": reader.contest},
        in_words=partial(in_words, zone=zone),
        until=partial(until, zone=zone),
        on_day=on_day,
    )
    subject, _, text = page.partition("\n")
    read = re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
    mark = SAMPLE[words.language] if reader.sample else ""
    return mark + " ".join(subject.split()), (f"{mark.strip()}\n\n" if mark else "") + read


def write_short(words: Words, content: Mapping[str, object], reader: Reader) -> str:
    """Fill the short words."""
    facts = asdict(short_facts(words.language, content, reader))
    said = template_of(words.language, words.short).render(facts)
    mark = SAMPLE[words.language] if reader.sample else ""
    return mark + " ".join(said.split())


def short_facts(language: Language, content: Mapping[str, object], reader: Reader) -> Short:
    """Take from the facts what a short message may say."""
    due = content.get("due_at") or content.get("answer_by")
    until = SPELLING[language][1]
    zone = ZoneInfo(reader.contest.timezone)
    return Short(
        code=code_in(content),
        contest=reader.contest.called,
        due=until(due, zone=zone) if isinstance(due, str) else "",
        link=f"{reader.portal.rstrip('/')}{BOX}",
    )


def code_in(content: Mapping[str, object]) -> str:
    """Return the code of the one entry a notice is about; empty if there is not one."""
    entries = content.get("entries")
    entry = content.get("entry")
    if isinstance(entries, list | tuple) and len(entries) == 1:
        entry = entries[0]
    if isinstance(entry, Mapping):
        return str(entry.get("receipt_code") or entry.get("code") or "")
    return str(content.get("code") or "")


def as_html(language: Language, subject: str, text: str, reader: Reader) -> str:
    """Lay the text out as HTML: paragraphs, lists, the office above, unsubscribing below."""
    blocks = [block.split("\n") for block in text.strip().split("\n\n")]
    return layout.get_template("letter.html").render(
        language=language,
        subject=subject,
        contest=reader.contest,
        blocks=[
            (
                all(line.startswith("- ") for line in lines),
                [one.removeprefix("- ") for one in lines],
            )
            for lines in blocks
        ],
        link=f"{reader.portal.rstrip('/')}{BOX}" if reader.portal else "",
        unsubscribe_url=reader.unsubscribe_url,
    )


def unsubscribing(language: Language, reader: Reader) -> str:
    """Say under a text how to do without such letters, where one may."""
    if reader.unsubscribe_url is None:
        return ""
    return f"\n{STOP[language]}: {reader.unsubscribe_url}\n"


SAMPLE = {"vi": "[MẪU] ", "en": "[SAMPLE] "}
STOP = {
    "vi": "Nếu không muốn nhận loại thư này nữa, Ông/Bà mở liên kết",
    "en": "To stop receiving letters of this kind, open",
}
