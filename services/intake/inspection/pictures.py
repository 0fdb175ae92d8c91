"""What is in a picture: whether it can be read to its end; Pillow reads it."""

from typing import BinaryIO

from PIL import Image

from services.intake.domain.faults import Found, TooManyPixels

MOST_MEGAPIXELS = 120  # a good telephone's camera; decoded a picture takes three bytes a pixel
THUMBNAIL = (64, 64)
KINDS = {"PNG": "png", "JPEG": "jpg", "MPO": "jpg"}  # MPO: a telephone's JPEG with a second one

# Our own limit is checked before anything is decoded.
Image.MAX_IMAGE_PIXELS = None


def look(file: BinaryIO, name: str) -> Found:
    """Return which picture it is. Raises `TooManyPixels`, and whatever Pillow does."""
    file.seek(0)
    with Image.open(file, formats=("PNG", "JPEG", "MPO")) as picture:
        kind = KINDS[str(picture.format)]
        width, height = picture.size
        if width * height > MOST_MEGAPIXELS * 1_000_000:
            raise TooManyPixels(
                "{name} has {width} × {height} pixels, more than {most} million; make it smaller.",
                name=name,
                width=width,
                height=height,
                most=MOST_MEGAPIXELS,
            )
        if kind == "png":
            picture.verify()  # the checksum of every chunk, down to the last
        else:
            picture.draft("L", THUMBNAIL)  # an eighth in each direction, yet every byte is read
            picture.load()
    return Found(kind, "")
