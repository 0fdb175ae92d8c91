"""Originality: the register of known initiatives, reports and rulings."""

from decimal import Decimal
from operator import attrgetter
from typing import Annotated, Literal

from litestar import Response, delete, get, post
from litestar.params import FromQuery, JSONBody, QueryParameter, RawBody
from msgspec import Struct
from msgspec.structs import asdict

from contracts import originality
from services.gateway import words
from services.gateway.api.routes import Name, act, do
from services.gateway.caller import Caller, Calling
from services.gateway.paging import Paging, line_name

MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

REGISTERED = attrgetter("register", "code")  # what tells known initiatives apart
OnTwins = Annotated[originality.OnTwins, QueryParameter(name="twins")]


class RowMistake(Struct, frozen=True, kw_only=True):
    """What is wrong in a sheet. `column` is a letter, empty where it is about a whole row."""

    row: int
    column: str
    value: str
    code: str
    sentence: str


class RegisterImported(Struct, frozen=True, kw_only=True):
    """The outcome of an import; `recorded` unless it was a dry run or something was wrong."""

    rows: int
    added: int
    changed: int
    merged: int
    mistakes: tuple[RowMistake, ...]
    twins: tuple[originality.Twin, ...]
    recorded: bool
    dry_run: bool
    scans: int


class Ruled(Struct, frozen=True, kw_only=True):
    """What a person decides on a report, and why."""

    report_id: str
    ruling: originality.Ruling
    reason: str


class Text(Struct, frozen=True, kw_only=True):
    """A text to check: as it is, or as the file it stands in (base64), up to 6 MiB."""

    text: str = ""
    content: bytes = b""
    media_type: str = ""


@post("/initiatives")
async def import_initiatives(
    caller: Calling, data: JSONBody[originality.ImportInitiatives]
) -> int:
    """Add to the register of known initiatives; returns how many are known."""
    return await caller.ask(data, int)


@post("/initiatives/imports")
async def import_register(
    caller: Calling,
    body: RawBody,
    register: FromQuery[str],
    twins: OnTwins = "REFUSE",
    *,
    dry_run: FromQuery[bool] = False,
) -> Response[RegisterImported]:
    """Add the initiatives of a file, sent as it is (CSV, XLSX, ZIP): all or, with 422, none."""
    command = originality.ImportRegister(
        register=register, content=body, dry_run=dry_run, on_twins=twins
    )
    read = await caller.ask(command, originality.RegisterRead)
    answer = RegisterImported(
        rows=read.rows,
        added=read.added,
        changed=read.changed,
        merged=read.merged,
        mistakes=tuple(in_words(mistake) for mistake in read.mistakes),
        twins=read.twins,
        recorded=read.recorded,
        dry_run=dry_run,
        scans=read.scans,
    )
    is_wrong = read.mistakes or not (read.recorded or dry_run)
    return Response(answer, status_code=422 if is_wrong else 200 if dry_run else 201)


@get("/initiatives")
async def list_initiatives(
    caller: Calling, paging: Paging, register: FromQuery[str | None] = None
) -> Response[tuple[originality.InitiativeLine, ...]]:
    """List the known initiatives, of one register or of all."""
    query = originality.ListInitiatives(
        register=register, after=paging.ended_with(tuple[str, str]), most=paging.limit + 1
    )
    lines = await caller.ask(query, tuple[originality.InitiativeLine, ...])
    return paging.page(lines, lambda line: line_name(*REGISTERED(line)))


@delete("/initiatives")
async def remove_initiative(
    caller: Calling, register: FromQuery[str], code: FromQuery[str]
) -> None:
    """Take an initiative out of a register."""
    await caller.tell(originality.RemoveInitiative(register=register, code=code))


@get("/entries/{entry_id:str}/originality")
async def read_report(
    caller: Calling, entry_id: Name, contest: FromQuery[str] = ""
) -> originality.Report:
    """Show the newest report on an entry; a judge's code is one of `contest`."""
    query = originality.ReadReport(entry_id=entry_id, contest_id=contest)
    return await caller.ask(query, originality.Report)


@get("/originality/{named:str}/reproduction")
async def reproduce_report(caller: Calling, named: Name) -> originality.Reproduction:
    """Make a report again, named by its id or its entry's, from the index as it was then."""
    query = originality.ReproduceReport(named=named)
    return await caller.ask(query, originality.Reproduction)


@get("/contests/{contest_id:str}/originality")
async def list_reports(
    caller: Calling, contest_id: Name, paging: Paging
) -> Response[tuple[originality.ReportLine, ...]]:
    """List the newest report on every entry of a contest."""
    query = originality.ListReports(
        contest_id=contest_id, after=paging.ended_with(tuple[Decimal, str]), most=paging.limit + 1
    )
    lines = await caller.ask(query, tuple[originality.ReportLine, ...])
    return paging.page(lines, lambda line: line_name(str(line.share), line.entry_id))


@get("/entries/{entry_id:str}/originality/report.pdf", media_type=MEDIA["pdf"])
async def print_report(
    caller: Calling, entry_id: Name, contest: FromQuery[str] = ""
) -> Response[bytes]:
    """Return the newest report on an entry as PDF, for the file."""
    return await printed(caller, entry_id, "pdf", contest)


@get("/entries/{entry_id:str}/originality/report.docx", media_type=MEDIA["docx"])
async def print_report_for_word(
    caller: Calling, entry_id: Name, contest: FromQuery[str] = ""
) -> Response[bytes]:
    """Return the newest report on an entry as DOCX, for the file."""
    return await printed(caller, entry_id, "docx", contest)


@do("/entries/{entry_id:str}/originality/rulings")
async def rule_on_report(caller: Calling, entry_id: Name, data: JSONBody[Ruled]) -> None:
    """Decide whether an entry repeats a known idea."""
    await caller.tell(originality.RuleOnReport(entry_id=entry_id, **asdict(data)))


def in_words(mistake: originality.RowMistake) -> RowMistake:
    """Return a mistake with its sentence in Vietnamese."""
    return RowMistake(
        row=mistake.row,
        column=mistake.column,
        value=mistake.value,
        code=mistake.code,
        sentence=words.say(mistake.template, mistake.params),
    )


@act("/contests/{contest_id:str}/originality/checks")
async def check_text(
    caller: Calling, contest_id: Name, data: JSONBody[Text]
) -> originality.Report:
    """Compare a text with everything the contest knows; nothing of it is kept."""
    query = originality.CheckText(contest_id=contest_id, **asdict(data))
    return await caller.ask(query, originality.Report)


@act("/contests/{contest_id:str}/originality/own-checks")
async def check_my_text(
    caller: Calling, contest_id: Name, data: JSONBody[Text]
) -> originality.OwnCheck:
    """Compare the caller's own text before it is handed in, if the rules allow it."""
    command = originality.CheckMyText(contest_id=contest_id, **asdict(data))
    return await caller.ask(command, originality.OwnCheck)


async def printed(
    caller: Caller, entry_id: str, format_: Literal["pdf", "docx"], contest_id: str
) -> Response[bytes]:
    """Return a report as a file to keep."""
    query = originality.PrintReport(entry_id=entry_id, format=format_, contest_id=contest_id)
    content = await caller.ask(query, bytes)
    headers = {
        "Content-Disposition": f'inline; filename="phieu-kiem-tra-trung-lap.{format_}"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=MEDIA[format_], headers=headers)


ROUTES = (
    import_initiatives,
    import_register,
    list_initiatives,
    remove_initiative,
    read_report,
    reproduce_report,
    list_reports,
    print_report,
    print_report_for_word,
    rule_on_report,
    check_text,
    check_my_text,
)
