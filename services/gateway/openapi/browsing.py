"""The API as pages, one per topic: every operation with its fields, samples and refusals."""

import json
from typing import Any

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from services.gateway.openapi.completing import document
from services.gateway.portal.pages import page

Json = dict[str, Any]
NOTHING_SAID: Json = {"required": False, "description": ""}  # of a parameter


@get("/api", include_in_schema=False, sync_to_thread=True)
def browse_api(request: Request[None, None, State]) -> Response[str]:
    """Show the topics of the API."""
    described = document(request.app)
    return page(None, "api.html", info=described["info"], tags=described["tags"])


@get("/api/{topic:str}", include_in_schema=False, sync_to_thread=True)
def browse_topic(request: Request[None, None, State], topic: FromPath[str]) -> Response[str]:
    """Show the operations of one topic."""
    described = document(request.app)
    known = {tag["name"]: tag["description"] for tag in described["tags"]}
    if topic not in known:
        raise NotFoundException
    operations = [
        shown(operation, method, path, described["components"])
        for path, item in described["paths"].items()
        for method, operation in item.items()
        if topic in operation["tags"]
    ]
    return page(None, "api_topic.html", topic=topic, about=known[topic], operations=operations)


def shown(operation: Json, method: str, path: str, components: Json) -> Json:
    """Return what a page shows of an operation."""
    responses = operation["responses"]
    answers = [(status, sampled(one)) for status, one in responses.items() if status < "400"]
    known = components["parameters"]
    parameters = [
        NOTHING_SAID | (known[one["$ref"].rpartition("/")[2]] if "$ref" in one else one)
        for one in operation["parameters"]
    ]
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation["summary"],
        "description": operation["description"],
        "security": [who for choice in operation["security"] for who in choice.items()],
        "parameters": parameters,
        "body": sampled(operation["requestBody"]) if "requestBody" in operation else None,
        "answers": answers,
        "refusals": [(status, one["description"]) for status, one in responses.items()
                     if status >= "400"],
    }  # fmt: skip


def sampled(body: Json) -> tuple[str, str]:
    """Return the media type of a body and a sample of it."""
    for kind, content in body.get("content", {}).items():
        example = content.get("example", "")
        is_json = not isinstance(example, str)
        return kind, json.dumps(example, ensure_ascii=False, indent=1) if is_json else example
    return "", ""


ROUTES = (browse_api, browse_topic)
