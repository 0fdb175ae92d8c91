"""What the command line does with originality: `sangkien originality …`."""

import click

from services.originality.operating.bench import bench
from services.originality.operating.check import check
from services.originality.operating.exchange import exchange
from services.originality.operating.explain import explain
from services.originality.operating.pairs import pairs
from services.originality.operating.register import register
from services.originality.operating.reindex import reindex


@click.group("originality", context_settings={"help_option_names": ["-h", "--help"]})
def group() -> None:
    """Check texts, explain reports, keep the register (kiểm tra trùng lặp)."""


for command in (bench, check, exchange, explain, pairs, register, reindex):
    group.add_command(command)
groups = (group,)
