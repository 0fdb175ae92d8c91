"""The review service: seats juries, shares entries out, collects marks, ranks.

Every entrypoint is one transaction: load, decide, save, announce. They are grouped by topic;
rules live in `domain`, tables in `store`.
"""

from kernel.crunch import Crunch
from kernel.database import Database
from kernel.objects import Bucket
from services.review.figures import FIGURES
from services.review.service.assigning import Assigning
from services.review.service.conflicts import Conflicts
from services.review.service.defence import Defence
from services.review.service.feedback import Feedback
from services.review.service.hearing import Hearing
from services.review.service.jury import Juries
from services.review.service.keys import Keys
from services.review.service.marks import Marks
from services.review.service.minutes import Minutes
from services.review.service.missing import Missing
from services.review.service.reading import Reading
from services.review.service.rejudging import RejudgingEntries
from services.review.service.replaying import Replaying
from services.review.service.results import Results
from services.review.service.rounds import Rounds
from services.review.service.tending import Tending
from telemetry.provider import Telemetry


class ReviewService(
    Juries,
    Conflicts,
    Rounds,
    Assigning,
    Defence,
    Keys,
    Missing,
    Marks,
    Results,
    Minutes,
    Reading,
    Replaying,
    RejudgingEntries,
    Feedback,
    Hearing,
    Tending,
):
    """Owns juries, assignments and marks. Hears intake and originality; says who scored what."""

    name = "review"
    database = Database()
    telemetry = Telemetry(*FIGURES)
    crunch = Crunch("services.review.calibration.answering", seconds=300, nice=5)
    solver = Crunch("services.review.assigning", seconds=120.0)
    press = Crunch("services.review.workbook", seconds=120.0)
    printer = Crunch("services.review.press", seconds=300.0, nice=10)
    files = Bucket()
