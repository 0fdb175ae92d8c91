"""What the command line does with juries, rounds and results: `sangkien review …`."""

import click

from services.review.operating.calibration import calibration
from services.review.operating.conflicts import conflicts
from services.review.operating.day import day
from services.review.operating.explain import explain
from services.review.operating.minutes import minutes
from services.review.operating.plan import plan
from services.review.operating.proving import assign, witness
from services.review.operating.seal import seal


@click.group("review", context_settings={"help_option_names": ["-h", "--help"]})
def group() -> None:
    """Plan and look at judging: panels, conflicts, places, severity, minutes (chấm thi).

    SANGKIEN_TOKEN says who asks the platform.
    """


for command in (assign, calibration, conflicts, day, explain, minutes, plan, witness):
    group.add_command(command)
groups = (group, seal)
