"""Turns what is told into what is read. Start with `compose`.

`words` are the templates in their layers, `composing` fills them for a channel, `checking` refuses
words that cannot be filled, `samples` are facts to try words with.
"""

from services.notify.writing.checking import NoticeWordsWrong, check, known_of
from services.notify.writing.composing import NotWritten, Reader, compose, write_text
from services.notify.writing.samples import SAMPLE_CONTEST, SAMPLES
from services.notify.writing.spelling import spell_end, spell_out
from services.notify.writing.words import (
    LANGUAGES,
    TEMPLATES,
    Language,
    Words,
    environment_of,
    layered,
    shipped,
)

__all__ = [
    "LANGUAGES",
    "SAMPLES",
    "SAMPLE_CONTEST",
    "TEMPLATES",
    "Language",
    "NotWritten",
    "NoticeWordsWrong",
    "Reader",
    "Words",
    "check",
    "compose",
    "environment_of",
    "known_of",
    "layered",
    "shipped",
    "spell_end",
    "spell_out",
    "write_text",
]
