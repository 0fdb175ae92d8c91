"""What the command line does with originality: `sangkien originality …`."""

import click

from services.originality.operating.pairs import pairs
from services.originality.operating.register import register
from services.originality.operating.reindex import reindex


@click.group("originality", context_settings={"help_option_names": ["-h", "--help"]})
def group() -> None:
    """Check descriptions, keep the register of known initiatives (kiểm tra trùng lặp)."""


group.add_command(pairs)
group.add_command(register)
group.add_command(reindex)
groups = (group,)
