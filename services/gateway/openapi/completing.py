"""The OpenAPI document: what the framework reads off the routes, and what the routes know besides.

What an operation asks of the services and may be refused with is in `operations.json`, which
`make docs` writes from the code. Start with `document`.
"""

import inspect
import json
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import msgspec
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from services.gateway import api
from services.gateway.openapi import errors, schemas, security
from services.gateway.openapi.samples import sample

Json = dict[str, Any]
MAKING = Lock()
YAML, FILE, FORM = "text/yaml", "application/octet-stream", "application/x-www-form-urlencoded"
RAW = {  # operations that take a file as it is
    "open_contest": YAML,
    "check_rules": YAML,
    "simulate_contest": YAML,
    "import_agency_file": FILE,
    "import_entries": FILE,
    "import_register": FILE,
}
REPORTING = ("check_rules", "import_agency_file")  # an empty file has its mistakes told as well
ALL_OR_NONE = ("import_entries", "import_register")  # 422 tells what is wrong where, as 201 would
FORMS: dict[str, type] = {
    "grant_token": api.tokens.TokenRequest,
    "revoke_token": api.tokens.RevocationRequest,
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES = {"export_deliveries": ("text/csv", XLSX), "preview_document": ("application/pdf",)}
KEY = {"$ref": "#/components/parameters/IdempotencyKey"}
KNOWN_TAG = {"$ref": "#/components/parameters/IfNoneMatch"}
PARAMETERS = {
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "Repeated by the same caller it is the same command: the first answer.",
        "schema": {"type": "string", "pattern": "^[!-~]{1,200}$", "example": "don-0001"},
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "description": "The ETag of an answer that is kept: if it still holds, 304 comes.",
        "schema": {"type": "string"},
    },
}
HEADERS = {
    "ETag": "Of what is shown; for If-None-Match, and for the If-Match of a change.",
    "Idempotency-Key": "The key the command has.",
    "RateLimit": "How many requests are left, and for how many seconds.",
    "RateLimit-Policy": "How many requests a caller has in which span of seconds.",
}
LINKS = {  # what an answer's id is for
    "draft_entry": ("entry_id", ("show_entry", "save_draft", "submit_entry", "attach_document",
                                 "show_checklist", "withdraw_entry")),
    "open_contest": ("contest_id", ("show_contest", "draft_entry", "list_entries")),
    "make_client": ("client_id", ("rotate_secret", "revoke_old_secret")),
    "push_dossier": ("entry_id", ("show_entry",)),
}  # fmt: skip


@cache
def operations() -> Json:
    """Return the table of operations."""
    found: Json = json.loads(Path(__file__).with_name("operations.json").read_text())
    return found


def document(application: Litestar) -> Json:
    """Return the whole document, made once per application; that takes seconds."""
    with MAKING:
        if "openapi" not in application.state:
            application.state.openapi = complete(application)
    found: Json = application.state.openapi
    return found


def complete(application: Litestar) -> Json:
    """Return the framework's document with what it does not know."""
    framework = application.openapi_schema.to_schema()
    made: Json = msgspec.json.decode(msgspec.json.encode(framework))
    topics = {route.handler_name: topic for topic in api.TOPICS for route in topic.ROUTES}
    routes = {route.handler_name: route for topic in api.TOPICS for route in topic.ROUTES}
    parts, names = schemas.of(list(routes.values()), list(made["components"]["schemas"]))
    made = renamed(made, names)
    made["components"] = {
        "schemas": parts,
        "parameters": PARAMETERS,
        "headers": {
            name: {"description": said, "schema": {"type": "string"}}
            for name, said in HEADERS.items()
        },
        "securitySchemes": security.schemes(),
    }
    made["tags"] = [
        {"name": name_of(topic), "description": inspect.getdoc(topic)} for topic in api.TOPICS
    ]
    for path, item in made["paths"].items():
        for method, operation in item.items():
            name = operation["operationId"]
            operation["tags"] = [name_of(topics[name])]
            complete_operation(operation, routes[name], method, path, parts)
    return made


def name_of(topic: object) -> str:
    """Return a topic's tag."""
    return str(topic.__name__).rpartition(".")[2]  # type: ignore[attr-defined]  # a module


def complete_operation(
    operation: Json, route: HTTPRouteHandler, method: str, path: str, parts: Json
) -> None:
    """Add to an operation what its route, its messages and the door know."""
    name, doc = operation["operationId"], inspect.getdoc(route.fn) or ""
    summary, _, _ = doc.partition(". ")
    operation["summary"] = summary.split(";")[0].replace("\n", " ").rstrip(".")
    operation["description"] = " ".join(doc.split())
    asks = operations()["operations"][name]["asks"]
    operation["security"] = security.of(route, asks)
    operation.pop("deprecated", None)
    take_in(operation, name, parts)
    data = inspect.signature(route.fn).parameters.get("data")
    if data is not None and data.default is not inspect.Parameter.empty:
        operation["requestBody"]["required"] = False
    operation.setdefault("parameters", []).append(KNOWN_TAG if method == "get" else KEY)
    for parameter in operation["parameters"]:
        settle_parameter(parameter)
    give_out(operation, method, parts)
    operation["responses"] |= errors.responses(operation, operations(), method, path)
    if name in ALL_OR_NONE:
        done = operation["responses"]["201"]
        operation["responses"]["200"] = done | {"description": "What would be done; a dry run."}
        operation["responses"]["422"]["content"] |= done["content"]
    if name in LINKS:
        made = operation["responses"].get("201") or operation["responses"]["200"]
        made["links"] = links(name)


def take_in(operation: Json, name: str, parts: Json) -> None:
    """Describe the body, with a sample."""
    if name in RAW:
        is_text = RAW[name] == YAML  # whatever is sent is read as a text
        kind = {} if is_text else {"type": "string", "format": "binary"}
        body = {"content": {RAW[name]: {"schema": kind}}, "required": name not in REPORTING}
        operation["requestBody"] = body
    if name in FORMS:
        schema = msgspec.json.schema(FORMS[name])
        form = schema["$defs"][FORMS[name].__name__]
        operation["requestBody"] = {"content": {FORM: {"schema": form}}, "required": True}
    for content in operation.get("requestBody", {}).get("content", {}).values():
        content["example"] = sample(content["schema"], parts)


def settle_parameter(parameter: Json) -> None:
    """Say of a parameter in an address what it may be; the word null says it is not there."""
    parameter.pop("deprecated", None)
    parameter.pop("allowEmptyValue", None)
    parameter.pop("allowReserved", None)
    schema = parameter.get("schema", {})
    choices = [one for one in schema.get("oneOf", ()) if one.get("type") != "null"]
    if len(choices) == 1:
        schema = choices[0]
        words = schema.get("items", schema)  # of a list, the word null is one
        has_words = words.get("type") == "string" and "format" not in words
        parameter["schema"] = schema if has_words else {"anyOf": [schema, {"const": "null"}]}
    if isinstance(schema.get("type"), list):
        schema["type"] = next(one for one in schema["type"] if one != "null")
        schema["enum"] = [one for one in schema["enum"] if one is not None]
        parameter["schema"] = {"anyOf": [schema, {"const": "null"}]}


def give_out(operation: Json, method: str, parts: Json) -> None:
    """Describe what comes back when it goes well, with samples; what the framework adds goes."""
    well = {status: one for status, one in operation["responses"].items() if status < "400"}
    for response in well.values():
        if operation["operationId"] in FILES:
            binary = {"type": "string", "format": "binary"}
            kinds = FILES[operation["operationId"]]
            response["content"] = {kind: {"schema": binary} for kind in kinds}
        response["headers"] = headers(method, response.get("headers", {}))
        for content in response.get("content", {}).values():
            content["example"] = sample(content["schema"], parts)
    if method == "get" and "200" in well:
        well["304"] = {"description": "What is kept still holds."}
    operation["responses"] = well


def headers(method: str, own: Json) -> Json:
    """Return the headers of an answer: those that all have, and its own."""
    names = ["RateLimit", "RateLimit-Policy", "ETag" if method == "get" else "Idempotency-Key"]
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names} | {
        name: {"schema": header["schema"], "description": header.get("description", "")}
        for name, header in own.items()
    }


def links(name: str) -> Json:
    """Return what may be done next with the id in an answer."""
    field, following = LINKS[name]
    return {
        one: {"operationId": one, "parameters": {field: f"$response.body#/{field}"}}
        for one in following
    }


def renamed(made: Json, names: dict[str, str]) -> Json:
    """Return the document with types under the names they have here."""
    start = schemas.REFERENCE.partition("{")[0]

    def rename(value: Any) -> Any:  # noqa: ANN401  # JSON
        """Rename inside a value."""
        if isinstance(value, dict):
            if isinstance(reference := value.get("$ref"), str):
                alias = reference.removeprefix(start)
                return {"$ref": start + names.get(alias, alias)}
            return {name: rename(inside) for name, inside in value.items()}
        return [rename(one) for one in value] if isinstance(value, list) else value

    return {"paths": rename(made["paths"])} | {k: v for k, v in made.items() if k != "paths"}
