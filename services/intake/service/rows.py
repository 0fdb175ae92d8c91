"""Rows of a sheet as the commands they stand for, and what is wrong with them."""

from dataclasses import asdict
from typing import cast

from contracts import intake
from kernel.errors import Refused
from services.intake.domain.cells import Wrong
from services.intake.domain.imports import PaperDossier, letter

# In which column the cause of a refusal stands.
COLUMN_OF = {
    "UnknownUnit": "unit_id",
    "NoUnitHere": "unit_id",
    "SharesDoNotSum": "share_1",
    "ShareOutOfRange": "share_1",
    "OneAuthorOnly": "kind",
    "TooManyAuthors": "kind",
    "AuthorTwice": "name_1",
    "Excluded": "name_1",
    "BadTaxCode": "enterprise.tax_code",
    "NotByPost": "posted_at",
    "PostedAfterArrival": "posted_at",
    "NotArrivedYet": "arrived_at",
    "NotOpenYet": "arrived_at",
}
# The same for what is not filled in; other fields have a column of their own name.
COLUMN_OF_GAP = {"authors": "name_1", "shares": "share_1"}


def column_of(refusal: Refused) -> str:
    """Return the column in which the cause of a refusal stands, the first if it names several."""
    gap = str(refusal.params.get("fields", "")).partition(", ")[0]
    return COLUMN_OF.get(refusal.code) or COLUMN_OF_GAP.get(gap, gap)


def drafted(dossier: PaperDossier, contest_id: str) -> intake.DraftEntry:
    """Return the command that drafts what a row says."""
    firm = dossier.enterprise
    return intake.DraftEntry(
        contest_id=contest_id,
        kind=cast(intake.EntrantKind, dossier.kind),
        group=dossier.group,
        title=dossier.title,
        summary=dossier.summary,
        area=dossier.area,
        authors=tuple(
            intake.Author(
                full_name=one.full_name,
                email=one.email,
                phone=one.phone,
                unit_id=one.unit_id,
                share=one.share,
            )
            for one in dossier.authors
        ),
        channel=cast(intake.Channel, dossier.channel),
        unit_id=dossier.unit_id,
        enterprise=intake.Enterprise(**asdict(firm)) if firm else None,
    )


def told(wrong: Wrong, place_of: dict[str, int]) -> intake.CellMistake:
    """Say what is wrong, and in which column."""
    place = place_of.get(wrong.key)
    return intake.CellMistake(
        row=wrong.row,
        column="" if place is None else letter(place),
        value=wrong.value,
        code=wrong.refusal.code,
        template=wrong.refusal.template,
        params={name: str(value) for name, value in wrong.refusal.params.items()},
    )
