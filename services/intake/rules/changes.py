"""What an amendment changes, in words. Start with `changes`.

Parts of a list are told apart by their code, id, day or name, so that a part that moved or grew is
not told as one that went and another that came. Nothing that differs is passed over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from msgspec import Struct, structs

from contracts.rules import Notice, Rules
from services.intake.domain.windows import Calendar
from services.intake.rules.choices import WORDS
from services.intake.rules.labels import LABELS

NAMES = ("code", "id", "day", "doc")  # what tells the parts of a list apart
MOMENTS_THAT_END = ("closes",)  # midnight is 24:00 of the day before
ONE_OR_NONE = {0: "nghỉ", 1: "làm bù"}  # `Holiday.type`


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: its dotted path in the rules, and a Vietnamese sentence."""

    path: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Where:
    """A place in the rules: the path of keys to it, and the words for that."""

    path: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def inside(self, key: str, word: str) -> "Where":
        """Return the place one step further in."""
        return Where((*self.path, key), (*self.words, word))

    def change(self, says: str) -> Change:
        """Say what is different here."""
        sentence = ": ".join((*self.words, says))
        return Change(".".join(self.path), f"{sentence[0].upper()}{sentence[1:]}.")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Compares two sets of rules, with instants written in the calendar of the newer."""

    calendar: Calendar

    def parts(self, old: Struct, new: Struct, where: Where) -> Iterator[Change]:
        """Compare two parts of the same kind, key by key."""
        for field in structs.fields(new):
            label = LABELS[f"{type(new).__name__}.{field.name}"]
            before, after = getattr(old, field.name), getattr(new, field.name)
            yield from self.values(before, after, where.inside(field.name, label))

    def values(self, old: object, new: object, where: Where) -> Iterator[Change]:
        """Compare two values, of whatever kind."""
        if old == new:
            return
        match old, new:
            case Struct(), Struct():
                yield from self.parts(old, new, where)
            case dict(), dict():
                for key in dict.fromkeys((*old, *new)):
                    inside = where.inside(key, key)
                    yield from self.values(old.get(key), new.get(key), inside)
            case tuple(), tuple() if any(isinstance(one, Struct) for one in (*old, *new)):
                yield from self.lists(old, new, where)
            case tuple(), tuple() if old and new and (said := came_and_went(old, new)):
                yield where.change(said)
            case _:
                before, after = self.shown(old, where), self.shown(new, where)
                exactly = f" (chính xác: {old} → {new})" if before == after else ""
                yield where.change(f"{before} → {after}{exactly}")

    def lists(
        self, old: tuple[Struct, ...], new: tuple[Struct, ...], where: Where
    ) -> Iterator[Change]:
        """Compare two lists of parts: what is gone, what is new, what differs, what moved."""
        before, after = named(old), named(new)
        for name, part in before.items():
            if name not in after:
                yield where.inside(name, "bỏ").change(self.title(part, name))
        for name, part in after.items():
            if name not in before:
                yield where.inside(name, "thêm").change(
                    f"{self.title(part, name)}{self.all(part)}"
                )
            else:
                inside = where.inside(name, self.title(part, name))
                yield from self.values(before[name], part, inside)
        stayed = [name for name in before if name in after]
        if stayed != (order := [name for name in after if name in before]):
            titles = (self.title(after[name], name) for name in order)
            yield where.change(f"thứ tự mới là {', '.join(titles)}")

    def title(self, part: Struct, name: str) -> str:
        """Return what a part of a list is called."""
        called = getattr(part, "name", None) or getattr(part, "text", None)
        if called:
            return f"“{called}” ({name})"
        day = getattr(part, "day", None)
        if isinstance(part, Notice):
            return f"“{WORDS.get(name, name)}”"
        return self.shown(day, Where()) if day else name

    def all(self, part: Struct) -> str:
        """Write the values of a part that is new, but for those left at their default."""
        said = [
            f"{LABELS[f'{type(part).__name__}.{field.name}']} {self.shown(value, Where())}"
            for field in structs.fields(part)
            if field.name not in (*NAMES, "name", "text")
            and (value := getattr(part, field.name)) != field.default
        ]
        return f": {'; '.join(said)}" if said else ""

    def shown(self, value: Any, where: Where) -> str:  # noqa: ANN401  # any value of the rules
        """Write a value as an office would."""
        key = where.path[-1] if where.path else ""
        match value:
            case datetime():
                ends = key in MOMENTS_THAT_END
                written = self.calendar.show_end(value) if ends else self.calendar.show(value)
            case Struct():
                written = self.all(value).removeprefix(": ") or "có"
            case tuple() if value:
                written = ", ".join(self.shown(one, Where()) for one in value)
            case int() if key == "type":
                written = ONE_OR_NONE[value]
            case _:
                written = plain(value)
        return written


def changes(old: Rules, new: Rules) -> tuple[Change, ...]:
    """Return every difference between two sets of rules, in the order of their keys."""
    return tuple(Comparison(Calendar.of(new)).parts(old, new, Where()))


def plain(value: object) -> str:
    """Write a value that has no parts."""
    match value:
        case None | ():
            written = "không có"
        case bool():
            written = "có" if value else "không"
        case date():
            written = f"{value:%d/%m/%Y}"
        case Decimal():
            written = f"{value.normalize():f}".replace(".", ",")
        case _:
            written = WORDS.get(str(value), str(value))
    return written


def came_and_went(old: tuple[object, ...], new: tuple[object, ...]) -> str:
    """Say which values of a list are new and which are gone."""
    gone = [plain(one) for one in old if one not in new]
    came = [plain(one) for one in new if one not in old]
    said = (f"thêm {', '.join(came)}" if came else "", f"bỏ {', '.join(gone)}" if gone else "")
    return "; ".join(part for part in said if part)


def named(parts: tuple[Struct, ...]) -> dict[str, Struct]:
    """Return the parts of a list by what tells them apart; by their place if nothing does."""
    found: dict[str, Struct] = {}
    for at, part in enumerate(parts):
        name = next((str(getattr(part, key)) for key in NAMES if hasattr(part, key)), str(at))
        found[f"{name}-{at}" if name in found else name] = part
    return found
