"""What handing in an entry came to, for its receipt."""

from dataclasses import dataclass

from services.intake.domain.deadlines import Counted
from services.intake.domain.documents import Document
from services.intake.domain.entries import Entry


@dataclass(frozen=True, slots=True)
class Taken:
    """An entry as it was just handed in: how it counts, its documents, and what it lacks.

    `is_admitted` if it came late before, and now counts all the same.
    """

    entry: Entry
    counted: Counted
    documents: tuple[Document, ...]
    missing: tuple[str, ...]
    is_admitted: bool = False
