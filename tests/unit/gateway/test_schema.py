"""What the door says of itself to programs: the OpenAPI description."""

from services.gateway import app
from services.gateway.caller import Door


def test_every_route_is_described_under_a_name_of_its_own():
    described = app.build(Door(*[None] * 4)).openapi_schema.to_schema()
    names = [
        operation["operationId"]
        for path in described["paths"].values()
        for operation in path.values()
    ]

    assert described["openapi"].startswith("3.1")
    assert len(names) == len(set(names)) >= 50
    assert all(path.startswith("/v1/") for path in described["paths"])
