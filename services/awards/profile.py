"""The words of papers by legal profile: data in `templates/<profile>/wording.json`."""

from functools import lru_cache
from pathlib import Path

from msgspec import ValidationError, json

from kernel.errors import Refused
from services.awards.domain.wording import Profile

TEMPLATES = Path(__file__).parent / "templates"


class UnknownProfile(Refused):
    """There are no templates for the contest's legal profile."""


@lru_cache(maxsize=8)
def load_profile(name: str) -> Profile:
    """Read a profile. Raises `UnknownProfile`, or ValueError naming what is wrong in the file."""
    known = {path.parent.name: path for path in TEMPLATES.glob("*/wording.json")}
    if name not in known:
        raise UnknownProfile(
            "There are no templates for the legal profile {profile}; there are {known}.",
            profile=name,
            known=", ".join(sorted(known)),
        )
    try:
        return json.decode(known[name].read_bytes(), type=Profile)
    except ValidationError as error:
        raise ValueError(f"{known[name]}: {error}") from error
