"""The awards service: from the marks of the closed rounds to the papers in the winners' hands.

Every entrypoint is one transaction and reads the same way: load, decide, save, announce. They are
grouped by topic: `hearing` (what intake and review say), `prizes` (proposal), `approving`
(minutes, submission, approval or return), `papers` (issue), `publication` (what is public, from
when), `documents`, `printing`, `signing`, `signers`, `checking`, `finding`, `wordings` (papers),
`accounting` (money), `filing`, `petitioning` and `revoking` (what follows), `adopting` (winners
put to use), `replicating`, `reminding` and `adopters` (who adopts, by which steps), `counting`
and `statistics` (numbers), `reporting` (the year-end report), `replaying` (other rules),
`explaining` (why a place). Rules live in `domain`, tables in `store`, printing in `press`.
"""

from kernel.crunch import Crunch
from kernel.database import Database
from kernel.objects import Bucket
from kernel.settings import Settings
from services.awards.service.accounting import Accounting
from services.awards.service.adopters import Adopters
from services.awards.service.adopting import Adopting
from services.awards.service.approving import Approving
from services.awards.service.checking import Checking
from services.awards.service.counting import Counting
from services.awards.service.documents import Documents
from services.awards.service.explaining import Explaining
from services.awards.service.filing import Filing
from services.awards.service.finding import Finding
from services.awards.service.hearing import Hearing
from services.awards.service.papers import Papers
from services.awards.service.petitioning import Petitioning
from services.awards.service.printing import Printing
from services.awards.service.prizes import Prizes
from services.awards.service.publication import Publication
from services.awards.service.reminding import Reminding
from services.awards.service.replaying import Replaying
from services.awards.service.replicating import Replicating
from services.awards.service.reporting import Reporting
from services.awards.service.revoking import Revoking
from services.awards.service.signers import Signers
from services.awards.service.signing import Signing
from services.awards.service.statistics import Statistics
from services.awards.service.tending import Tending
from services.awards.service.wordings import Wordings
from services.awards.settings import AwardsSettings
from telemetry.provider import Telemetry


class AwardsService(
    Hearing,
    Prizes,
    Papers,
    Documents,
    Printing,
    Signing,
    Signers,
    Checking,
    Finding,
    Wordings,
    Approving,
    Publication,
    Accounting,
    Filing,
    Petitioning,
    Revoking,
    Adopting,
    Replicating,
    Reminding,
    Adopters,
    Counting,
    Statistics,
    Reporting,
    Replaying,
    Explaining,
    Tending,
):
    """Owns prize lists and official papers. Hears intake and review; is heard by notify."""

    name = "awards"
    database = Database()
    telemetry = Telemetry()
    files = Bucket()
    press = Crunch("services.awards.press", nice=10)
    settings = Settings(AwardsSettings)
