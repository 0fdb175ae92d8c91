"""What the command line does with juries, rounds and results: `sangkien review …`."""

from kernel.later import Later

NAMES = ("calibration", "conflicts", "day", "explain", "minutes", "plan")

group = Later(
    "review",
    {name: f"services.review.operating.{name}:{name}" for name in NAMES}
    | {
        "assign": "services.review.operating.proving:assign",
        "witness": "services.review.operating.proving:witness",
    },
    help="""Plan and look at judging: panels, conflicts, places, severity, minutes (chấm thi).

    SANGKIEN_TOKEN says who asks the platform.
    """,
)
COMMANDS = {
    "review": "services.review.operate:group",
    "seal": "services.review.operating.seal:seal",
}
