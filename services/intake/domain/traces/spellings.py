"""In which ways a name may be written, as patterns over folded text.

A pattern never begins or ends inside a word; what it found is looked at again where the letters
alone are not enough, for short names are also plain words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from services.intake.domain.traces.folding import bare, fold
from services.intake.domain.traces.identity import Identity, Kind, Named, Unit

_GAP = r"[\W_]{0,3}"  # also between letters: a title set wide, a word broken at a line's end
_BREAK = r"[\W_]{1,4}"
_LONG = 7  # letters from which a name of three words is never a chance likeness

_COUNCIL = re.compile(r"^(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd)\s+", re.IGNORECASE)
_PLACE = re.compile(
    r"^(?:thành phố|thị xã|thị trấn|huyện|quận|phường|xã|đặc khu)\s+", re.IGNORECASE
)
_WHERE = re.compile(r"[\s,]+(?:tỉnh|thành phố)\s+[^,]+$", re.IGNORECASE)
_LEGAL = re.compile(
    r"^(?:công ty|doanh nghiệp tư nhân|hợp tác xã|tập đoàn|tổng công ty)\s+"
    r"(?:(?:tnhh|trách nhiệm hữu hạn|cổ phần|cp|hợp danh)\s+)?"
    r"(?:(?:mtv|một thành viên|hai thành viên trở lên)\s+)?",
    re.IGNORECASE,
)
_SHORT_PLACES = {"huyện": "h", "thành phố": "tp", "thị xã": "tx", "thị trấn": "tt", "phường": "p"}
_PUBLIC_MAIL = ("gmail.com", "yahoo.com", "yahoo.com.vn", "outlook.com", "hotmail.com")

# Words before a given name alone; with their marks, for `ba` and `chi` are other words.
HONORIFICS = (
    *("ông", "bà", "anh", "chị", "cô", "chú", "thầy", "em", "đồng chí", "đ/c", "bác sĩ"),
    *("bs", "ths", "ts", "pgs", "ks", "cn", "kỹ sư", "thạc sĩ", "tiến sĩ", "tác giả"),
)


class Look(Enum):
    """What is asked of the original letters beside the pattern."""

    NOTHING = auto()
    CAPITALS = auto()  # each word begins with a capital, and marks agree
    EXACT = auto()  # the same letters in the same case
    ACCOUNT = auto()  # as accounts are written: `hanh` may be one, `hành` is a word
    GIVEN = auto()  # a given name after an honorific


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write one thing. `words` is what it stands for, as the dossier has it."""

    kind: Kind
    words: str
    pattern: str
    look: Look = Look.NOTHING


def spellings(identity: Identity) -> Iterator[Spelling]:
    """Yield every way in which what is looked for may be written."""
    for person in identity.people:
        yield from _of_person(person)
    for unit in identity.units:
        yield from _of_unit(unit)
    yield from _of_enterprise(identity)
    for words in identity.added:
        yield from added(words)


def added(words: str) -> Iterator[Spelling]:
    """Yield the spellings of words that somebody typed: all but a single short word, loosely."""
    if len(bare(words)) >= _LONG:
        yield Spelling(Kind.ADDED, words, together(words))
    elif bare(words):
        yield Spelling(Kind.ADDED, words, apart(words, r"[\W_]{0,3}"))


def together(words: str) -> str:
    """Return a pattern of letters that anything may stand between."""
    return _GAP.join(map(re.escape, bare(words)))


def apart(words: str, gap: str = _BREAK) -> str:
    """Return a pattern of whole words with a gap between them."""
    return gap.join(re.escape(part) for part in _split(words))


def _split(words: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", fold(words).text)


def _of_person(person: Named) -> Iterator[Spelling]:
    name = " ".join(person.full_name.split())
    parts = name.split()
    if len(parts) >= 2:
        yield from _of_name(name, parts)
    yield from _of_mail(person.email)
    if digits := re.sub(r"\D", "", person.phone):
        core = re.sub(r"^(?:0084|84|0)", "", digits)
        if len(core) >= 8:
            pattern = rf"(?:\+?\(?84[\s.\-()]{{0,3}}0?|0)?{_digits(core)}"
            yield Spelling(Kind.PHONE, person.phone, pattern)
    if len(_split(person.position)) >= 2:
        yield Spelling(Kind.POSITION, person.position, apart(person.position))


def _of_name(name: str, parts: list[str]) -> Iterator[Spelling]:
    first, *middle, given = parts
    is_plain_enough = len(parts) >= 3 and len(bare(name)) >= _LONG
    turned = f"{given} {first} {' '.join(middle)}".strip()
    if is_plain_enough:
        yield Spelling(Kind.PERSON, name, together(name))
        yield Spelling(Kind.PERSON, name, together(turned))
        yield Spelling(Kind.PERSON, name, together(f"{given} {' '.join(middle)} {first}"))
    else:
        yield Spelling(Kind.PERSON, name, apart(name, r"[\W_]{0,4}"), Look.CAPITALS)
        yield Spelling(Kind.PERSON, name, apart(turned), Look.CAPITALS)
    for start in range(1, len(parts) - 1):
        tail = " ".join(parts[start:])
        yield Spelling(Kind.PERSON, tail, apart(tail), Look.CAPITALS)
    if middle:
        yield Spelling(Kind.PERSON, f"{first} {given}", apart(f"{first} {given}"), Look.CAPITALS)
    yield from _of_initials(first, middle, given)
    titles = "|".join(fold(one).text.replace(" ", r"\s+") for one in HONORIFICS)
    pattern = rf"(?:{titles})[\s.:]{{1,3}}({re.escape(bare(given))})"
    yield Spelling(Kind.PERSON, given, pattern, Look.GIVEN)


def _of_initials(first: str, middle: list[str], given: str) -> Iterator[Spelling]:
    dot = r"\s?\.\s?"
    letters = [re.escape(bare(one)[:1]) for one in (first, *middle)]
    last = re.escape(bare(given))
    short = dot.join(letters) + dot
    yield Spelling(Kind.PERSON, given, short + last, Look.CAPITALS)
    if len(letters) >= 2:
        yield Spelling(Kind.PERSON, given, short + re.escape(bare(given)[:1]), Look.CAPITALS)
        some = re.escape(bare(first)) + r"\s+" + dot.join(letters[1:]) + dot
        yield Spelling(Kind.PERSON, given, some + last, Look.CAPITALS)
    # As accounts are named: nguyenvanan has been seen to; annv, an.nv, nvan.
    initials = "".join(letters)
    for account in (f"{last}[._]?{initials}", f"{initials}[._]?{last}"):
        if len(bare(given)) + len(letters) >= 4:
            yield Spelling(Kind.PERSON, given, account, Look.ACCOUNT)


def _of_mail(address: str) -> Iterator[Spelling]:
    local, _, domain = address.partition("@")
    if not domain:
        return
    yield Spelling(Kind.EMAIL, address, together(address))
    if len(bare(local)) >= 5:
        yield Spelling(Kind.EMAIL, local, apart(local, r"[\W_]{0,2}"))
    is_shared = domain in _PUBLIC_MAIL or (domain.endswith(".gov.vn") and domain.count(".") < 3)
    if not is_shared:
        yield Spelling(Kind.EMAIL, domain, apart(domain, r"\s?\.\s?"))


def _of_unit(unit: Unit) -> Iterator[Spelling]:
    for name in {unit.name, _WHERE.sub("", unit.name)}:
        if len(_split(name)) >= 2:
            yield from _whole(Kind.UNIT, name)
    council = _WHERE.sub("", _COUNCIL.sub("", unit.name))
    if (place := _PLACE.match(council)) is not None:
        kind, core = place.group().strip(), council[place.end() :]
        short = _SHORT_PLACES.get(kind.lower(), "")
        kinds = "|".join(filter(None, (re.escape(fold(kind).text), short)))
        yield Spelling(Kind.UNIT, council, rf"(?:ubnd\s+)?(?:{kinds})[\s.]{{1,3}}{apart(core)}")
        if len(_split(core)) >= 2:
            yield Spelling(Kind.UNIT, core, apart(core), Look.CAPITALS)
    if unit.short_name and len(_split(unit.short_name)) >= 2:
        yield Spelling(Kind.UNIT, unit.short_name, apart(unit.short_name, r"[\W_]{0,3}"))
    elif unit.short_name:
        yield Spelling(Kind.UNIT, unit.short_name, apart(unit.short_name), Look.EXACT)


def _whole(kind: Kind, name: str) -> Iterator[Spelling]:
    if len(bare(name)) >= _LONG and len(_split(name)) >= 3:
        yield Spelling(kind, name, together(name))
    else:
        yield Spelling(kind, name, apart(name), Look.CAPITALS)


def _of_enterprise(identity: Identity) -> Iterator[Spelling]:
    name = " ".join(identity.enterprise.split())
    if name:
        yield from _whole(Kind.ENTERPRISE, name)
        core = _LEGAL.sub("", name)
        if len(_split(core)) >= 3:
            yield Spelling(Kind.ENTERPRISE, core, together(core))
        elif len(bare(core)) >= 3:
            yield Spelling(Kind.ENTERPRISE, core, apart(core), Look.CAPITALS)
    if digits := re.sub(r"\D", "", identity.tax_code):
        yield Spelling(Kind.NUMBER, identity.tax_code, _digits(digits))


def _digits(digits: str) -> str:
    return r"[\s.\-()/]{0,3}".join(digits)
