"""How a delivery becomes what its channel carries: reader, language, words, links."""

from collections.abc import Collection
from datetime import datetime
from typing import cast

from jinja2 import TemplateError

from kernel.database import Work
from services.notify import store, writing
from services.notify.domain import OPTIONAL, Contest, undisturbed
from services.notify.domain.accounts import PORTAL, SECRET
from services.notify.domain.telling import Channel
from services.notify.links import make_token
from services.notify.written import Written


class Writer:
    """Writes many deliveries in one transaction, and reads what they share but once."""

    def __init__(self, work: Work, portal: str, readers: Collection[str]) -> None:
        """Get ready to write to these people; `{tenant}` in the portal's address is replaced."""
        self.work = work
        self.portal = portal.replace("{tenant}", work.tenant).rstrip("/")
        self.languages = languages_of(work, readers)
        self.contests: dict[str, Contest | None] = {}
        self.words: dict[tuple[str, str, writing.Language], writing.Words] = {}
        self.secret = b""

    def write(self, row: store.DeliveryRow, name: str) -> Written:
        """Write a delivery in its reader's language, and note in the row by which words.

        `name` is the reader's. Raises `jinja2.TemplateError` for words that cannot be filled,
        `NotWritten` for a channel it cannot go by.
        """
        contest = self.contest(row.contest_id)
        language = self.languages.get(row.recipient, "vi")
        words = self.words_of(row.template, language, row.contest_id)
        row.words_version = words.version
        portal = "" if row.template in SECRET else self.portal
        reader = writing.Reader(name, contest, portal, self.stop_link(row))
        return writing.compose(cast("Channel", row.channel), words, row.content, reader)

    def read(self, row: store.DeliveryRow, name: str) -> tuple[str, str]:
        """Return subject and text of a notice as a page shows it; of a push its event.

        Words that shipped since may not fit what was told before: then its code stands there. The
        text of a letter that opens an account is shown nowhere.
        """
        if row.channel == "WEBHOOK":
            return row.event_type, ""
        language = self.languages.get(row.recipient, "vi")
        words = self.words_of(row.template, language, row.contest_id)
        try:
            contest = self.contest(row.contest_id)
            title, text = writing.write_text(words, row.content, writing.Reader(name, contest))
        except TemplateError:
            return row.template, ""
        return title, "" if row.template in SECRET else text

    def contest(self, contest_id: str) -> Contest:
        """Return a contest, read once; for a letter about none, the portal itself."""
        if not contest_id:
            return PORTAL
        known = self.find_contest(contest_id)
        return known or store.load_contest(self.work.session, contest_id)  # says that it is not

    def find_contest(self, contest_id: str) -> Contest | None:
        """Return a contest, read once; None while it is not known."""
        if contest_id not in self.contests:
            self.contests[contest_id] = store.find_contest(self.work.session, contest_id)
        return self.contests[contest_id]

    def resting_until(self, row: store.DeliveryRow) -> datetime | None:
        """Return until when a delivery disturbs nobody; None where it may go now.

        It was queued for another hour, but a counterparty was away, or another way gave it up.
        """
        contest = self.find_contest(row.contest_id)
        at = undisturbed(contest, row.template, row.channel, self.work.now)
        return at if at > self.work.now else None

    def words_of(self, code: str, language: writing.Language, contest_id: str) -> writing.Words:
        """Return the words of a kind of notice, read once."""
        key = (contest_id, code, language)
        if key not in self.words:
            self.words[key] = words_for(self.work, code, language, contest_id)
        return self.words[key]

    def stop_link(self, row: store.DeliveryRow) -> str | None:
        """Return the link by which its reader does without such notices, where one may."""
        if not self.portal or row.template not in OPTIONAL:
            return None
        self.secret = self.secret or store.link_key(self.work.session, self.work.tenant)
        token = make_token(self.secret, self.work.tenant, row.recipient, row.template)
        return f"{self.portal}/thoi-nhan-thu/{token}"


def languages_of(work: Work, people: Collection[str]) -> dict[str, writing.Language]:
    """Return the language of those who asked for one; all others read Vietnamese."""
    wishes = store.load_wishes(work.session, people)
    return {one: "en" for one, asked in wishes.items() if asked.language == "en"}


def words_for(work: Work, code: str, language: writing.Language, contest_id: str) -> writing.Words:
    """Return the words of a kind of notice as they stand for a contest."""
    changes = store.load_words(work.session, contest_id, language, code)
    return writing.layered(code, language, changes)
