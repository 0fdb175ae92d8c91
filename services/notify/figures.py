"""What operators see of telling people: deliveries by way and state, and who waits longest.

Neither question reads the deliveries one by one, however many there are.
"""

from services.notify.store.counterparties import longest_due
from services.notify.store.tally import counted
from telemetry.figures import Figure

FIGURES = (
    Figure("deliveries", "Deliveries by channel and state", ("channel", "state"), counted()),
    Figure(
        "delivery_overdue_seconds",
        "How long the delivery that waits longest has been due, by channel",
        ("channel",),
        longest_due(),
    ),
)
