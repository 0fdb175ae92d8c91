"""What may be wrong with the content of an uploaded file, and what was found in a good one.

Every refusal says what is wrong and what to do. Start with `Found`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from contracts.rules import Paper
from kernel.errors import Refused


class BadContent(Refused):
    """The file cannot be taken as it is; it stays refused, another may be uploaded instead."""

    is_kept: ClassVar[bool] = True


class NotWhatWasAnnounced(BadContent):
    """The uploaded file is not the one that was announced; upload it again."""


class ContentMismatch(BadContent):
    """The file's content does not match its type; save it again as what it is called."""


class HasMacros(BadContent):
    """The file contains macros; save it without them and upload it again."""


class HasPassword(BadContent):
    """The file is protected by a password; take it off and upload the file again."""


class PackedTooTightly(BadContent):
    """The file unpacks into far more than it should; save it anew and upload it again."""


class PartTooLarge(BadContent):
    """A part of the file is larger than any office program writes; save it anew."""


class HasEntities(BadContent):
    """The file defines XML entities, as no office program does; save it anew."""


class Damaged(BadContent):
    """The file is damaged or incomplete; open it, save it again and upload it."""


class TooManyPixels(BadContent):
    """The picture is too large to be opened; make it smaller."""


class TooManyPages(BadContent):
    """The file has more pages than the rules allow; shorten it."""


class TooLong(BadContent):
    """The video runs longer than the rules allow; cut it."""


class Infected(BadContent):
    """The file carries a virus; clean the computer it came from and send a clean file."""


def damaged(name: str) -> Damaged:
    """Return the refusal of a file that cannot be read to its end."""
    return Damaged(
        "{name} is damaged or incomplete; open it, save it again and upload that.", name=name
    )


def protected(name: str) -> HasPassword:
    """Return the refusal of a file behind a password."""
    return HasPassword(
        "{name} is protected by a password; take it off and upload the file again.", name=name
    )


FAULTS = {kind.__name__: kind for kind in BadContent.__subclasses__()}


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file was refused: the code of a `BadContent`, its template and what goes into it."""

    code: str
    template: str
    params: Mapping[str, str]

    @classmethod
    def of(cls, refused: BadContent) -> "Fault":
        """Write a refusal down."""
        params = {name: str(value) for name, value in refused.params.items()}
        return cls(refused.code, refused.template, params)

    def refusal(self) -> BadContent:
        """Return the refusal again."""
        return FAULTS[self.code](self.template, **self.params)


@dataclass(frozen=True, slots=True)
class Found:
    """What a file was found to be.

    `pages` are counted in a PDF; in an office file they are what its word processor wrote into
    it, None if it wrote nothing. `minutes` are of a video.
    """

    kind: str
    sha256: str
    pages: int | None = None
    minutes: Decimal | None = None

    def check(self, name: str, kind: str | None, paper: Paper) -> None:
        """Raise unless it is of the announced kind, and no longer than the paper may be."""
        if self.kind != kind:
            raise ContentMismatch(
                "{name} is called a {kind} file but its content is {found}; "
                "save it as {kind} and upload it again.",
                name=name,
                kind=kind or "?",
                found=self.kind,
            )
        if paper.max_pages is not None and (self.pages or 0) > paper.max_pages:
            raise TooManyPages(
                "{name} has {pages} pages; {paper} may have at most {most}. "
                "Shorten it and upload it again.",
                name=name,
                pages=self.pages,
                paper=paper.name,
                most=paper.max_pages,
            )
        if paper.max_minutes is not None and (self.minutes or 0) > paper.max_minutes:
            raise TooLong(
                "{name} runs {minutes} minutes; {paper} may run at most {most}. "
                "Cut it and upload it again.",
                name=name,
                minutes=self.minutes,
                paper=paper.name,
                most=paper.max_minutes,
            )
