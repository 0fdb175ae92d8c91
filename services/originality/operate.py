"""What the command line does with originality: `sangkien originality …`."""

from kernel.later import Later

NAMES = (
    *("bench", "check", "exchange", "explain", "pairs"),
    *("register", "reindex", "reproduce"),
)

group = Later(
    "originality",
    {name: f"services.originality.operating.{name}:{name}" for name in NAMES},
    help="Check texts, explain reports, keep the register (kiểm tra trùng lặp).",
)
COMMANDS = {"originality": "services.originality.operate:group"}
