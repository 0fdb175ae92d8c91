"""Exit with 0 if the service of this container says it is well; an image's HEALTHCHECK."""

import os
import socket
import sys

with socket.create_connection(("127.0.0.1", int(os.environ["HEALTH_PORT"])), timeout=4) as asked:
    asked.sendall(b"GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n")
    status = asked.makefile("rb").readline()
sys.exit(b" 200 " not in status)
