"""The desk: paper dossiers, one by one or many from a sheet (XLSX)."""

from litestar import Response, get, post, put
from litestar.params import FromQuery, JSONBody, RawBody
from msgspec import Struct

from contracts import intake
from services.gateway import words
from services.gateway.api.routes import Name
from services.gateway.caller import Calling

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class HandedOver(Struct, frozen=True, kw_only=True):
    """Who handed a paper dossier over, and how many originals and copies were in it."""

    applicant: str
    papers: tuple[intake.PaperCount, ...] = ()
    phone: str | None = None


class SheetMistake(Struct, frozen=True, kw_only=True):
    """What is wrong in a sheet. `column` is a letter, empty where it is about a whole row."""

    row: int
    column: str
    value: str
    code: str
    sentence: str


class SheetImported(Struct, frozen=True, kw_only=True):
    """The outcome of an import. With mistakes, or after a dry run, nothing was entered."""

    rows: int
    mistakes: tuple[SheetMistake, ...]
    entries: tuple[intake.ImportedEntry, ...]
    dry_run: bool


@put("/entries/{entry_id:str}/handover", status_code=204)
async def record_handover(caller: Calling, entry_id: Name, data: JSONBody[HandedOver]) -> None:
    """Note who handed a paper dossier over, and what was in it."""
    command = intake.RecordHandover(
        entry_id=entry_id, applicant=data.applicant, phone=data.phone, papers=data.papers
    )
    await caller.tell(command)


@post("/contests/{contest_id:str}/imports")
async def import_entries(
    caller: Calling, contest_id: Name, body: RawBody, *, dry_run: FromQuery[bool] = False
) -> Response[SheetImported]:
    """Enter the dossiers of a sheet, sent as it is (XLSX): all of them or, with 422, none."""
    command = intake.ImportEntries(contest_id=contest_id, sheet=body, dry_run=dry_run)
    done = await caller.ask(command, intake.Imported)
    answer = SheetImported(
        rows=done.rows,
        mistakes=tuple(in_words(mistake) for mistake in done.mistakes),
        entries=done.entries,
        dry_run=done.dry_run,
    )
    return Response(answer, status_code=200 if dry_run else 422 if done.mistakes else 201)


@get("/contests/{contest_id:str}/imports/template", media_type=XLSX)
async def draw_sheet(caller: Calling, contest_id: Name) -> Response[bytes]:
    """Fetch an empty sheet with the choices of the contest."""
    sheet = await caller.ask(intake.DrawSheet(contest_id=contest_id), bytes)
    named = {"Content-Disposition": 'attachment; filename="ho-so.xlsx"'}
    return Response(sheet, media_type=XLSX, headers=named)


def in_words(mistake: intake.CellMistake) -> SheetMistake:
    """Return a mistake with its sentence in Vietnamese."""
    return SheetMistake(
        row=mistake.row,
        column=mistake.column,
        value=mistake.value,
        code=mistake.code,
        sentence=words.say(mistake.template, mistake.params),
    )


ROUTES = (record_handover, import_entries, draw_sheet)
