"""The words of papers by legal profile: data in `templates/`, which a tenant may change.

`wording.json` holds what all periods share, `<profile>/wording.json` what is the period's own; a
tenant's changes are laid over both. Start with `load_profile`; `profile_on` finds the period.
"""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import DecodeError, ValidationError, convert, json

from kernel.errors import Refused
from services.awards.domain.wording import Profile

TEMPLATES = Path(__file__).parent / "templates"

BY_DATE = "BY_DATE"  # in the rules: the profile in force on the day the contest opens


class UnknownProfile(Refused):
    """There are no templates for the contest's legal profile."""


class BadWording(Refused):
    """The wording is no object of the form that templates have."""


def load_profile(name: str, changes: bytes = b"{}") -> Profile:
    """Read a profile with a tenant's changes (JSON) laid over it.

    Raises `UnknownProfile`, or `BadWording` naming what is wrong.
    """
    if name not in known():
        raise UnknownProfile(
            "There are no templates for the legal profile {profile}; there are {known}.",
            profile=name,
            known=", ".join(sorted(known())),
        )
    try:
        period = json.decode((TEMPLATES / name / "wording.json").read_bytes())
        shared = json.decode((TEMPLATES / "wording.json").read_bytes())
        whole = laid_over(laid_over(shared, period), json.decode(changes))
        return convert(whole, Profile, strict=False)
    except (ValidationError, DecodeError) as error:
        raise BadWording("The wording cannot be used: {problem}", problem=str(error)) from error


def profile_on(name: str, day: date) -> str:
    """Return the profile itself, or the one in force on a day if the rules leave it to the date.

    Raises `UnknownProfile` for a day before all of them.
    """
    if name != BY_DATE:
        return name
    begun = [(since, each) for each, since in known().items() if since <= day]
    if not begun:
        raise UnknownProfile(
            "No legal profile was in force on {day}; there are {known}.",
            day=day.isoformat(),
            known=", ".join(sorted(known())),
        )
    return max(begun)[1]


@lru_cache(maxsize=1)
def known() -> dict[str, date]:
    """Return the profiles that ship, with the first day of contests each is for."""
    found = {path.parent.name: path for path in TEMPLATES.glob("*/wording.json")}
    return {
        name: date.fromisoformat(json.decode(path.read_bytes())["since"])
        for name, path in found.items()
    }


def laid_over(below: Any, above: Any) -> Any:  # noqa: ANN401  # JSON, whatever it holds
    """Lay one JSON value over another: objects key by key, anything else in its place."""
    if isinstance(below, dict) and isinstance(above, dict):
        both = {**below, **above}
        return {key: laid_over(below.get(key), value) for key, value in both.items()}
    return above
