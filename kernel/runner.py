"""One service process: `python -m kernel.runner SERVICE`.

Exit status 0 after a stop that was asked for (SIGTERM, SIGINT), 1 after a failure, 2 for a
wrong command line or setting.
"""

import os
import sys
from importlib import import_module
from importlib.util import find_spec


def main() -> int:
    """Run the service named on the command line until it is told to stop."""
    if len(sys.argv) != 2:
        sys.stderr.write("usage: python -m kernel.runner SERVICE\n")
        return 2
    service = sys.argv[1]
    if not service.isidentifier() or find_spec(f"services.{service}") is None:
        sys.stderr.write(f"There is no service {service} in this image.\n")
        return 2
    if service == "gateway":
        # The door speaks asyncio; everything behind it is a nameko service.
        import_module("services.gateway.service").main()
        return 0

    import eventlet  # noqa: PLC0415

    eventlet.monkey_patch()
    from kernel.hosting import host, service_class  # noqa: PLC0415  # only after the patch

    return host(service_class(service))


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    # Threads of libraries must not keep a stopped service alive.
    os._exit(status)
