"""Receives spans by OTLP over HTTP and gives them back as JSON: `python -m …receiver PORT`."""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

SPANS: list[dict[str, object]] = []


def told(service: str, span: Any) -> dict[str, object]:
    return {
        "service": service,
        "name": span.name,
        "kind": span.kind,
        "trace": span.trace_id.hex(),
        "id": span.span_id.hex(),
        "parent": span.parent_span_id.hex(),
        "attributes": {each.key: each.value.string_value for each in span.attributes},
    }


class Receiver(BaseHTTPRequestHandler):
    """Takes `/v1/traces`, shows `/spans`."""

    def do_POST(self) -> None:
        request = ExportTraceServiceRequest()
        request.ParseFromString(self.rfile.read(int(self.headers["Content-Length"])))
        for resource in request.resource_spans:
            named = {each.key: each.value.string_value for each in resource.resource.attributes}
            for scope in resource.scope_spans:
                SPANS.extend(told(named["service.name"], span) for span in scope.spans)
        self.answer(b"", "application/x-protobuf")

    def do_GET(self) -> None:
        self.answer(json.dumps(SPANS).encode(), "application/json")

    def answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
