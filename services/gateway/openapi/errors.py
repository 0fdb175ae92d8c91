"""What may go wrong with an operation, as its responses: problem details with their codes."""

from http import HTTPStatus
from typing import Any

from services.gateway import words
from services.gateway.problems import MEDIA_TYPE, SENTENCES, TITLES

Json = dict[str, Any]
RETRY = {"Retry-After": {"description": "After how many seconds.", "schema": {"type": "string"}}}
# What the door itself refuses any request with.
ALWAYS = {
    400: ("BadText", "BadKey", "BadTenant", "BadRequest"),
    404: ("NotFound",),
    429: ("TooManyRequests",),
    503: ("Unavailable",),
    504: ("TimedOut",),
}
WITH_BODY = {413: ("RequestEntityTooLarge",), 415: ("UnsupportedMediaType",)}

OAUTH = {
    "400": ("invalid_request", "invalid_scope", "unsupported_grant_type"),
    "401": ("invalid_client",),
}


def responses(operation: Json, table: Json, method: str, path: str) -> Json:
    """Return the responses to what may go wrong, by status."""
    own = table["operations"][operation["operationId"]]["refusals"]
    codes = {int(status): set(named) for status, named in own.items()}
    door = ALWAYS | (WITH_BODY if "requestBody" in operation else {})
    if any(one.get("name") == "If-Match" for one in operation["parameters"]):
        door |= {412: ("StaleRevision",)}
    elif method != "get":
        door |= {409: ("ChangingNow",), 412: ("ChangedMeanwhile",)}
    if "requestBody" not in operation and not own and method == "get" and "{" not in path:
        door = {400: ALWAYS[400], 429: ALWAYS[429]}
    for status, named in door.items():
        codes.setdefault(status, set()).update(named)
    found = {
        str(status): response(status, sorted(named), table["codes"], path)
        for status, named in sorted(codes.items())
    }
    for answer, errors in OAUTH.items() if path.startswith("/v1/token") else ():
        schema = {"$ref": "#/components/schemas/TokenRefusal"}
        content = found[answer]["content"]
        content["application/json"] = {"schema": schema, "example": {"error": errors[0]}}
        found[answer]["description"] += f"; {', '.join(errors)} (RFC 6749, 5.2)"
    return found


def response(status: int, codes: list[str], sentences: dict[str, str], path: str) -> Json:
    """Return one response: a problem with one of some codes, and an example."""
    made: Json = {
        "description": ", ".join(codes),
        "content": {
            MEDIA_TYPE: {
                "schema": {
                    "allOf": [{"$ref": "#/components/schemas/Problem"}],
                    "properties": {"code": {"enum": codes}, "status": {"const": status}},
                },
                "example": problem(status, codes[0], sentences, path),
            }
        },
    }
    return made | ({"headers": RETRY} if status in (429, 503) else {})


def problem(status: int, code: str, sentences: dict[str, str], path: str) -> Json:
    """Return what is told of a code."""
    sentence = sentences.get(code) or SENTENCES.get(status, "")
    return {
        "type": f"urn:sangkien:problem:{code}",
        "title": TITLES.get(status, HTTPStatus(status).phrase),
        "status": status,
        "code": code,
        "detail": words.catalogue("vi").get(sentence, ""),
        "instance": path,
    }
