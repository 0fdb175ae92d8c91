"""Reports: how they are made (`making`), told (`telling`), and who is shown what (`reach`)."""

from services.originality.reporting.making import renew
from services.originality.reporting.taking import entry_of, text_of, text_of_known

__all__ = ["entry_of", "renew", "text_of", "text_of_known"]
