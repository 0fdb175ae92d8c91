"""The words of notices, shown to the office, tried and changed by it."""

from typing import cast

from msgspec import to_builtins

from contracts import notify
from contracts.rules import NoticeCode
from kernel.database import Work
from kernel.errors import NotFound, require
from kernel.messaging import command, query
from services.notify import store, writing
from services.notify.domain import Contest
from services.notify.wording import words_for
from services.notify.written import Letter, ShortMessage


class UnknownNotice(NotFound):
    """There is no such kind of notice."""


class Phrasing:
    """What an office changes in the words of notices."""

    @query
    def show_notice_words(self, asked: notify.ShowNoticeWords, work: Work) -> notify.NoticeWords:
        """Show the words of a kind of notice as they stand, and the placeholders there are."""
        require(work.actor.within(asked.contest_id), "organiser", "secretary")
        words = standing(work, asked.code, asked.language, asked.contest_id)
        return notify.NoticeWords(
            code=asked.code,
            language=asked.language,
            version=words.version,
            text=words.text,
            short=words.short,
            form_id=words.form_id,
            known=writing.known_of(asked.code),
            contest_id=asked.contest_id,
        )

    @command
    def change_notice_words(self, asked: notify.ChangeNoticeWords, work: Work) -> str:
        """Keep words that can be filled; what is written from now on follows them."""
        require(work.actor.within(asked.contest_id), "organiser")
        known(asked.code)
        if asked.contest_id:
            store.load_contest(work.session, asked.contest_id)
        row = store.NoticeWordsRow(
            tenant=work.tenant,
            contest_id=asked.contest_id,
            language=asked.language,
            template=asked.code,
            text=asked.text,
            short=asked.short,
            form_id=asked.form_id,
            changed_at=work.now,
            changed_by=work.actor.id,
        )
        store.save_words(work.session, row)
        words = standing(work, asked.code, asked.language, asked.contest_id)
        writing.check(words)
        return words.version

    @query
    def preview_notice(self, asked: notify.PreviewNotice, work: Work) -> notify.NoticePreview:
        """Write a kind of notice with sample facts, in the words asked for or as they stand."""
        require(work.actor.within(asked.contest_id), "organiser", "secretary")
        now = standing(work, asked.code, asked.language, asked.contest_id)
        words = writing.Words(
            asked.code,
            asked.language,
            now.version,
            asked.text or now.text,
            asked.short or now.short,
            now.form_id,
        )
        writing.check(words)
        return preview(words, contest_of(work, asked.contest_id))


def preview(words: writing.Words, contest: Contest) -> notify.NoticePreview:
    """Write words with sample facts, marked as such."""
    content = to_builtins(writing.SAMPLES[words.code][0])
    reader = writing.Reader("Nguyễn Văn A", contest, sample=True)
    letter = cast("Letter", writing.compose("EMAIL", words, content, reader))
    short = cast("ShortMessage", writing.compose("SMS", words, content, reader))
    return notify.NoticePreview(
        subject=letter.subject,
        text=letter.text,
        html=letter.html or "",
        short=short.text,
        version=words.version,
    )


def contest_of(work: Work, contest_id: str) -> Contest:
    """Return the contest a preview is of; a sample if none is named."""
    return store.load_contest(work.session, contest_id) if contest_id else writing.SAMPLE_CONTEST


def standing(work: Work, code: str, language: writing.Language, contest_id: str) -> writing.Words:
    """Return the words of a kind of notice as they stand. Raises `UnknownNotice`."""
    known(code)
    return words_for(work, code, language, contest_id)


def known(code: str) -> NoticeCode:
    """Return the code of a kind of notice. Raises `UnknownNotice`."""
    if code not in writing.SAMPLES:
        raise UnknownNotice("There is no notice {code}.", code=code)
    return cast("NoticeCode", code)
