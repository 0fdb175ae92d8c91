"""Figures of the law by date: base salaries, bonuses, tax, time limits of complaints. Data.

Shipped in `data/law.json`; the setting `law_table` names another file of the same form.
"""

from functools import lru_cache
from pathlib import Path

from msgspec import ValidationError, json

from services.awards.domain.figures import Law

SHIPPED = Path(__file__).parent / "data" / "law.json"


@lru_cache(maxsize=8)
def load_law(path: str = "") -> Law:
    """Read the figures. Raises ValueError naming what is wrong in the file."""
    file = Path(path) if path else SHIPPED
    try:
        return json.decode(file.read_bytes(), type=Law)
    except (ValidationError, OSError) as error:
        raise ValueError(f"{file}: {error}") from error
