"""The commands that are the ledger's: `sangkien ledger …` and `sangkien recount …`."""

from services.ledger.operating.chains import group
from services.ledger.operating.recount import forget, print_head, recount, show_erasure

group.add_command(print_head)
group.add_command(forget)
group.add_command(show_erasure)

__all__ = ["group", "recount"]
