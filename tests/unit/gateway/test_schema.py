"""What the door says of itself to programs: the OpenAPI description."""

import json
from typing import get_args

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from contracts.intake import PushState
from services.gateway import api, app
from services.gateway.caller import Door
from services.gateway.openapi.completing import document

PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def described():
    return document(app.build(Door(*[None] * 4)))


@pytest.fixture(scope="module")
def operations(described):
    return [one for path in described["paths"].values() for one in path.values()]


@pytest.mark.slow
def test_document_is_openapi_3_1(described):
    assert described["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(described).iter_errors()) == []


def test_every_operation_has_a_name_of_its_own_and_says_what_it_does(described, operations):
    names = [one["operationId"] for one in operations]
    topics = {tag["name"] for tag in described["tags"]}

    assert sorted(names) == sorted(
        route.handler_name for topic in api.TOPICS for route in topic.ROUTES
    )
    assert len(names) == len(set(names))
    assert all(path.startswith("/v1/") for path in described["paths"])
    assert [one for one in operations if not (one["summary"] and one["description"])] == []
    assert [one for one in operations if not set(one["tags"]) <= topics] == []


def test_every_sample_is_what_its_schema_allows(described, operations):
    contents = {
        json.dumps(content["schema"]): content  # many refusals are alike but for their address
        for one in operations
        for part in (one.get("requestBody", {}), *one["responses"].values())
        for content in part.get("content", {}).values()
    }
    registry = Registry().with_resource("urn:api", Resource(described, DRAFT202012))

    wrong = [
        (error.json_path, error.message)
        for content in contents.values()
        for error in Draft202012Validator(
            placed(content["schema"]), registry=registry
        ).iter_errors(content["example"])
    ]
    assert wrong == []
    assert len(contents) > len(operations)


def test_every_list_is_read_in_pages(operations):
    whole = {"compare_versions"}  # the sentences of one comparison
    listing = {
        one["operationId"]: {each.get("name") for each in one["parameters"]}
        for one in operations
        for answer in [one["responses"].get("200", {}).get("content", {})]
        if answer.get("application/json", {}).get("schema", {}).get("type") == "array"
        and "304" in one["responses"]  # it is a GET
    }

    assert len(listing) > len(whole)
    assert {name for name, has in listing.items() if not {"limit", "cursor"} <= has} == whole


def test_refusals_of_an_operation_are_named_with_their_status(described):
    submit = described["paths"]["/v1/entries/{entry_id}/submit"]["post"]

    refusals = submit["responses"]["422"]["content"][PROBLEM]["schema"]
    assert "Unfinished" in refusals["properties"]["code"]["enum"]
    assert "UnknownEntry" in submit["responses"]["404"]["description"]
    assert "412" in described["paths"]["/v1/entries/{entry_id}"]["patch"]["responses"]


def test_what_a_file_that_is_wrong_is_answered_with_is_described(described):
    answers = described["paths"]["/v1/initiatives/imports"]["post"]["responses"]

    told = {status: set(answers[status]["content"]) for status in ("200", "201", "422")}
    assert told == {
        "200": {"application/json"},
        "201": {"application/json"},
        "422": {"application/json", PROBLEM},
    }


@pytest.mark.parametrize(
    ("path", "name", "schema"),
    [
        ("statistics", "contest", {"type": "array", "items": {"type": "string"}}),
        (
            "counterparties/{name}/pushes",
            "state",
            {"anyOf": [{"type": "string", "enum": [*get_args(PushState)]}, {"const": "null"}]},
        ),
    ],
)
def test_what_may_stand_in_an_address_is_described_as_it_is_read(described, path, name, schema):
    parameters = described["paths"][f"/v1/{path}"]["get"]["parameters"]

    assert [one["schema"] for one in parameters if one.get("name") == name] == [schema]


def test_a_system_sees_which_scope_an_operation_needs(described):
    paths = described["paths"]

    assert {"system": ["entries:write"]} in paths["/v1/one-stop/dossiers"]["post"]["security"]
    assert paths["/v1/clients"]["post"]["security"] == [{"person": []}]
    assert {} in paths["/v1/contests"]["get"]["security"]


def placed(schema):
    """Return a schema whose references are looked up in the whole document."""
    if isinstance(schema, dict):
        return {
            key: f"urn:api{value}" if key == "$ref" else placed(value)
            for key, value in schema.items()
        }
    return [placed(one) for one in schema] if isinstance(schema, list) else schema
