"""What a child process does with one file: fetch, verify, scan for viruses, look inside.

The file streams into a nameless temporary file, so memory stays small whatever its size.
"""

from collections.abc import Callable
from hashlib import sha256
from tempfile import TemporaryFile
from typing import BinaryIO

import msgspec
import urllib3

from kernel.errors import Unavailable
from services.intake.domain.faults import BadContent, Fault, Found, NotWhatWasAnnounced, damaged
from services.intake.inspection import clamd, old_office, packed, pdf, pictures, video
from services.intake.inspection.orders import Order, Verdict

CHUNK = 1024 * 1024
SECONDS = urllib3.Timeout(connect=3, read=60)

# How each kind of file begins, and who looks into it.
BEGINNINGS: tuple[tuple[int, bytes, Callable[[BinaryIO, str], Found]], ...] = (
    (0, b"PK", packed.look),
    (0, b"%PDF-", pdf.look),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", old_office.look),
    (0, b"\x89PNG\r\n\x1a\n", pictures.look),
    (0, b"\xff\xd8\xff", pictures.look),
    (4, b"ftyp", video.look),
)


def inspect(body: bytes) -> bytes:
    """Answer an `Order` with a `Verdict`, both as JSON."""
    order = msgspec.json.decode(body, type=Order)
    try:
        with TemporaryFile() as file:
            digest = fetch(order, file)
            if order.clamd_url:
                clamd.scan(order.clamd_url, file, order.name)
            found = look(file, order.name)
    except BadContent as refused:
        fault = Fault.of(refused)
        verdict = Verdict(code=fault.code, template=fault.template, params=dict(fault.params))
    except (Unavailable, urllib3.exceptions.HTTPError) as down:
        verdict = Verdict(down=str(down) or "Something outside does not answer.")
    else:
        verdict = Verdict(sha256=digest, kind=found.kind, pages=found.pages, minutes=found.minutes)
    return msgspec.json.encode(verdict)


def fetch(order: Order, file: BinaryIO) -> str:
    """Copy the bytes into the file; return their SHA-256. Raises `NotWhatWasAnnounced`."""
    whole, part, parts, held, size = sha256(), sha256(), [], 0, 0
    with urllib3.PoolManager(timeout=SECONDS, retries=urllib3.Retry(4, backoff_factor=0.3)) as web:
        answer = web.request("GET", order.url, preload_content=False)
        if answer.status != 200:
            raise Unavailable(f"The store said {answer.status}.")
        for chunk in answer.stream(CHUNK):
            size += len(chunk)
            if size > order.size:
                raise NotWhatWasAnnounced
            whole.update(chunk)
            file.write(chunk)
            left = memoryview(chunk)
            while left:
                taken = left[: order.part_bytes - held]
                part.update(taken)
                held, left = held + len(taken), left[len(taken) :]
                if held == order.part_bytes:
                    parts.append(part.hexdigest())
                    part, held = sha256(), 0
    if held:
        parts.append(part.hexdigest())
    is_it = tuple(parts) == order.parts if order.parts else whole.hexdigest() == order.sha256
    if size != order.size or not is_it:
        raise NotWhatWasAnnounced
    return whole.hexdigest()


def look(file: BinaryIO, name: str) -> Found:
    """Return what a file is, by its content alone. Raises `BadContent`."""
    file.seek(0)
    head = file.read(16)
    for offset, magic, into in BEGINNINGS:
        if head.startswith(magic, offset):
            try:
                return into(file, name)
            except BadContent:
                raise
            # Whatever a parser makes of a file that somebody has bent, it is the file's fault.
            except Exception as error:
                raise damaged(name) from error
    return Found("?", "")
