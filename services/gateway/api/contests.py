"""Contests and their rules."""

from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.params import JSONBody, RawBody
from msgspec import Struct

from contracts import intake
from contracts.rules import Rules
from services.gateway.api.routes import Name, act
from services.gateway.caller import Calling
from services.gateway.domain import BadText, check_text
from services.gateway.paging import Paging


class Amendment(Struct, frozen=True, kw_only=True):
    """The whole rules file as amended, and why."""

    source: str
    reason: str


@post("/contests")
async def open_contest(caller: Calling, body: RawBody) -> intake.OpenedContest:
    """Check, freeze and announce a rules file, sent as it is (text/yaml)."""
    return await caller.ask(intake.OpenContest(source=written(body)), intake.OpenedContest)


@act("/contests/check")
async def check_rules(caller: Calling, body: RawBody) -> intake.RulesChecked:
    """Check a rules file (text/yaml) without opening it."""
    return await caller.ask(intake.CheckRules(source=written(body)), intake.RulesChecked)


@post("/contests/{contest_id:str}/amendments")
async def amend_contest(
    caller: Calling, contest_id: Name, data: JSONBody[Amendment]
) -> intake.OpenedContest:
    """Change the rules of an open contest."""
    command = intake.AmendContest(contest_id=contest_id, source=data.source, reason=data.reason)
    return await caller.ask(command, intake.OpenedContest)


@get("/contests/{contest_id:str}/amendments")
async def list_amendments(
    visitor: Calling, contest_id: Name, paging: Paging
) -> Response[tuple[intake.Amendment, ...]]:
    """List every version of a contest's rules, with the reason and what changed in words."""
    query = intake.ListAmendments(contest_id=contest_id)
    lines = await visitor.ask(query, tuple[intake.Amendment, ...])
    return paging.of(lines, lambda line: str(line.number))


@get("/contests")
async def list_contests(
    visitor: Calling, paging: Paging
) -> Response[tuple[intake.ContestLine, ...]]:
    """List every contest, newest first."""
    lines = await visitor.ask(intake.ListContests(), tuple[intake.ContestLine, ...])
    return paging.of(lines, lambda line: line.contest_id)


@get("/contests/schema", sync_to_thread=False)
def show_schema() -> dict[str, Any]:
    """Show the JSON Schema of rules files, for editors."""
    return rules_schema()


@get("/contests/{contest_id:str}")
async def show_contest(visitor: Calling, contest_id: Name) -> intake.OpenedContest:
    """Show a contest with its rules and the hash they are frozen under."""
    return await visitor.ask(intake.ShowContest(contest_id=contest_id), intake.OpenedContest)


def rules_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a rules file.

    It knows keys and kinds of values; whether they agree, `sangkien contest check` says.
    """
    schema = msgspec.json.schema(Rules)
    for part in schema["$defs"].values():
        part["description"] = " ".join(part.get("description", "").split())
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema


def written(body: bytes) -> str:
    """Return a file's text; raises `BadText`."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise BadText from problem
    check_text(text)
    return text


ROUTES = (
    open_contest,
    check_rules,
    amend_contest,
    list_amendments,
    list_contests,
    show_contest,
    show_schema,
)
