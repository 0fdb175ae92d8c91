"""The intake service: takes entries in, from the rules file to the accepted dossier.

Every entrypoint is one transaction: load, decide, save, announce. What it is told is in
`contests`, `officers`, `standing`, `agencies`, `coverage`, `drafting`, `saving`, `uploading`,
`confirming`, `sharing`, `submitting`, `units`, `deadlines`, `outages`, `handing_over`,
`importing`, `checking`, `blinding`, `approving` and `desk`, what it hears in `hearing`, what it
answers in `asking`, `finding`, `judged`, `versions`, `rulebook` and `receipts`, what it does by
itself in `mirroring`, `fetching` and `forgetting` too.
"""

from kernel.crunch import Crunch
from kernel.database import Database
from kernel.objects import Bucket
from kernel.settings import Settings
from services.intake.service.agencies import Agencies
from services.intake.service.approving import Approving
from services.intake.service.asking import Asking
from services.intake.service.blinding import Blinding
from services.intake.service.checking import Checking
from services.intake.service.confirming import Confirming
from services.intake.service.contests import Contests
from services.intake.service.coverage import Covering
from services.intake.service.deadlines import Deadlines
from services.intake.service.desk import Desk
from services.intake.service.drafting import Drafting
from services.intake.service.erasing import Erasing
from services.intake.service.fetching import Fetching
from services.intake.service.finding import Finding
from services.intake.service.forgetting import Forgetting
from services.intake.service.handing_over import HandingOver
from services.intake.service.hearing import Hearing
from services.intake.service.importing import Importing
from services.intake.service.judged import Judged
from services.intake.service.mirroring import Mirroring
from services.intake.service.officers import Officers
from services.intake.service.outages import Outages
from services.intake.service.receipts import Receipts
from services.intake.service.rulebook import Rulebook
from services.intake.service.saving import Saving
from services.intake.service.sharing import Sharing
from services.intake.service.standing import Standing
from services.intake.service.submitting import Submitting
from services.intake.service.tending import Tending
from services.intake.service.units import Units
from services.intake.service.uploading import Uploading
from services.intake.service.versions import Versions
from services.intake.settings import IntakeSettings
from telemetry.provider import Telemetry

__all__ = ["IntakeService"]


class IntakeService(
    Contests,
    Officers,
    Agencies,
    Covering,
    Drafting,
    Saving,
    Uploading,
    Confirming,
    Sharing,
    Submitting,
    Versions,
    Receipts,
    Units,
    Deadlines,
    Outages,
    Checking,
    Blinding,
    Approving,
    Judged,
    Mirroring,
    Fetching,
    Desk,
    HandingOver,
    Importing,
    Forgetting,
    Erasing,
    Hearing,
    Rulebook,
    Standing,
    Asking,
    Finding,
    Tending,
):
    """Owns contests, agencies, people, entries, documents and receipts."""

    name = "intake"
    database = Database()
    telemetry = Telemetry()
    files = Bucket()
    settings = Settings(IntakeSettings)
    press = Crunch("services.intake.press.printing", nice=10)
    sheets = Crunch("services.intake.sheets", seconds=30)
    makers = Crunch("services.intake.blinding.fetching", seconds=180, nice=10)
    inspectors = Crunch("services.intake.inspection.inspector", seconds=120)
