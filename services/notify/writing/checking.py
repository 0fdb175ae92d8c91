"""Refuses words that cannot be filled, before they are kept: says which line, what, what is known.

Every placeholder is looked at, also in branches no sample takes; then every sample is written.
"""

import traceback
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from jinja2 import TemplateError, TemplateSyntaxError, meta, nodes
from msgspec import to_builtins

from kernel.errors import Refused
from services.notify.domain import Contest
from services.notify.writing.composing import Reader, Short, write_short, write_text
from services.notify.writing.samples import SAMPLE_CONTEST, SAMPLES
from services.notify.writing.words import Words, environment_of

ALWAYS = ("name", "contest", "in_words", "until", "on_day")
SHORT = tuple(one.name for one in fields(Short))
LONGEST = 20_000  # letters
LONGEST_SHORT = 400  # of a ZNS message


class NoticeWordsWrong(Refused):
    """These words cannot be filled; mend the line that is named."""


def known_of(code: str) -> tuple[str, ...]:
    """Return the placeholders of a kind of notice."""
    first = SAMPLES[code][0]
    return (*(one.name for one in fields(first) if one.name != "calendars"), *ALWAYS)


def check(words: Words) -> None:
    """Raise `NoticeWordsWrong` unless the words can be filled with whatever may come."""
    if not words.text.partition("\n")[0].strip():
        raise NoticeWordsWrong("Line 1 is the subject; it may not be empty.")
    if len(words.text) > LONGEST or len(words.short) > LONGEST_SHORT:
        raise NoticeWordsWrong(
            "The text may have {longest} letters, the short message {short}.",
            longest=LONGEST,
            short=LONGEST_SHORT,
        )
    check_names(words, words.text, known_of(words.code))
    check_names(words, words.short, SHORT)
    for sample in SAMPLES[words.code]:
        content = to_builtins(sample)
        reader = Reader("Nguyễn Văn A", SAMPLE_CONTEST)
        try:
            subject, _ = write_text(words, content, reader)
            write_short(words, content, reader)
        except (TemplateError, ArithmeticError, TypeError, ValueError, LookupError) as error:
            line, said = line_of(error), str(error)
            raise wrong(line, said, known_of(words.code)) from error
        if not subject:
            raise NoticeWordsWrong("Line 1 is the subject; it may not be empty.")


def check_names(words: Words, source: str, known: tuple[str, ...]) -> None:
    """Raise for a sentence jinja cannot read, and for a placeholder that is not known."""
    environment = environment_of(words.language)
    try:
        tree = environment.parse(source)
        environment.from_string(source)
    except TemplateSyntaxError as error:
        raise wrong(error.lineno, error.message or "syntax", known) from error
    if unknown := meta.find_undeclared_variables(tree) - set(known):
        name, line = min(named(tree, unknown), key=lambda one: one[1])
        raise unknown_at(line, name, known)
    for getting in tree.find_all(nodes.Getattr):
        owner = getting.node
        parts = parts_of(words.code, owner.name) if isinstance(owner, nodes.Name) else ()
        if isinstance(owner, nodes.Name) and parts and getting.attr not in parts:
            raise unknown_at(getting.lineno, f"{owner.name}.{getting.attr}", parts)
    for part in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
        template = getattr(part, "template", None)
        if not (isinstance(template, nodes.Const) and template.value == "signature.txt"):
            raise NoticeWordsWrong(
                "Line {line}: only signature.txt can be included.", line=part.lineno
            )


def parts_of(code: str, name: str) -> tuple[str, ...]:
    """Return what can follow a placeholder after a dot; nothing where that is not known."""
    if name == "contest":
        return (*(one.name for one in fields(Contest)), "called")
    value = getattr(SAMPLES[code][0], name, None)
    return tuple(one.name for one in fields(value)) if is_dataclass(value) else ()


def named(tree: nodes.Template, unknown: set[str]) -> Iterator[tuple[str, int]]:
    """Return each use of an unknown name and its line."""
    for part in tree.find_all(nodes.Name):
        if part.name in unknown:
            yield part.name, part.lineno


def wrong(line: int, what: str, known: tuple[str, ...]) -> NoticeWordsWrong:
    """Say what is wrong, in which line, and which placeholders there are."""
    return NoticeWordsWrong(
        "Line {line}: {what}. Known are {known}.", line=line, what=what, known=", ".join(known)
    )


def unknown_at(line: int, name: str, known: tuple[str, ...]) -> NoticeWordsWrong:
    """Say which placeholder is unknown, in which line, and which there are."""
    return NoticeWordsWrong(
        "Line {line}: the placeholder {name} is unknown. Known are {known}.",
        line=line,
        name=name,
        known=", ".join(known),
    )


def line_of(error: Exception) -> int:
    """Return the line of the words at which filling them failed."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    lines = [one.lineno for one in frames if one.filename == "<template>"]
    return lines[-1] or 1 if lines else 1
