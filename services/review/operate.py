"""What the command line does with results: `sangkien review …`."""

import click

from services.review.operating.calibration import calibration
from services.review.operating.explain import explain


@click.group("review", context_settings={"help_option_names": ["-h", "--help"]})
def group() -> None:
    """Explain places and judges' severity (kết quả chấm)."""


for command in (calibration, explain):
    group.add_command(command)
groups = (group,)
