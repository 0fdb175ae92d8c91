"""What is in an MP4: whole boxes, and how long it runs; TinyTag reads its header."""

from decimal import Decimal
from struct import unpack
from typing import BinaryIO

from tinytag import TinyTag

from services.intake.domain.faults import Damaged, Found

MINUTE = Decimal("0.01")  # minutes are shown to hundredths


def look(file: BinaryIO, name: str) -> Found:
    """Return how many minutes it runs. Raises `Damaged`, and whatever TinyTag does."""
    if not {b"ftyp", b"moov", b"mdat"} <= set(boxes(file)):
        raise Damaged(
            "{name} is a video without a beginning or an end; export it again and upload that.",
            name=name,
        )
    file.seek(0)
    tag = TinyTag.get(filename=name + ".mp4", file_obj=file, tags=False)
    minutes = Decimal(str(tag.duration or 0)) / 60
    return Found("mp4", "", minutes=minutes.quantize(MINUTE))


def boxes(file: BinaryIO) -> list[bytes]:
    """Return the types of the outermost boxes (ISO/IEC 14496-12); nothing if one is cut off."""
    end, at, found = file.seek(0, 2), 0, []
    while at < end:
        file.seek(at)
        head = file.read(16)
        size, kind = unpack(">I4s", head[:8])
        if size == 1:
            (size,) = unpack(">Q", head[8:16])
        if size == 0:  # up to the end of the file
            size = end - at
        if size < 8 or at + size > end:
            return []
        found.append(kind)
        at += size
    return found
