"""What a service process shows of itself: figures for Prometheus and spans for OpenTelemetry.

The kernel counts what it does; this package looks at what lies there: in tables, in queues, in
pools. It knows no service. A service says `telemetry = Telemetry(...)`; start with `provider`.
"""
