"""What people read: the catalogues of sentences, and how values are written, in two languages.

Dates, times and numbers are written as Vietnamese offices write them, which no locale library
does for documents; in English as such offices write to foreigners. Each request has its
`LANGUAGE`, which `languages` sets; outside of one it is Vietnamese.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from services.gateway.words.figures import (
    VIETNAM,
    BadMark,
    BadTime,
    beginning,
    clock,
    day,
    ending,
    field_moment,
    figure,
    moment,
    number,
    percent,
    points,
    read_moment,
    written_date,
)
from services.gateway.words.names import (
    FIELDS,
    LIST_STATES,
    ROLES,
    STATES,
    list_state,
    named,
    role,
    state,
)
from services.gateway.words.sentences import (
    ENGLISH,
    LANGUAGE,
    LANGUAGES,
    VIETNAMESE,
    Names,
    catalogue,
    messages_of,
    translated,
)

__all__ = (
    "ENGLISH",
    "FIELDS",
    "LANGUAGE",
    "LANGUAGES",
    "LIST_STATES",
    "ROLES",
    "STATES",
    "VIETNAM",
    "VIETNAMESE",
    "BadMark",
    "BadTime",
    "Names",
    "beginning",
    "catalogue",
    "clock",
    "day",
    "ending",
    "field_moment",
    "figure",
    "list_state",
    "messages_of",
    "moment",
    "named",
    "number",
    "percent",
    "points",
    "read_moment",
    "role",
    "say",
    "state",
    "translated",
    "written",
    "written_date",
)
INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)")


def say(template: str, params: Mapping[str, object]) -> str:
    """Return the sentence with its parameters, or as it came if nobody has translated it."""
    try:
        return translated(template).format(
            **{name: written(value) for name, value in params.items()}
        )
    except (LookupError, ValueError):
        return template


def written(value: object) -> str:
    """Return a parameter of a sentence as people write it."""
    match value:
        case datetime():
            text = moment(value)
        case str() if INSTANT.fullmatch(value):
            text = moment(datetime.fromisoformat(value))
        case Decimal() | float():
            text = number(Decimal(str(value)))
        case list() | tuple():
            text = ", ".join(written(part) for part in value)
        case _:
            text = named(str(value))
    return text
