"""A fresh PDF with nothing in it but what it is given: no author, no dates, no file names."""

import base64
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import resources
from io import BytesIO
from typing import Any, cast

import typst
from PIL import Image

# The same for every copy, so that no instant tells who handed in when.
DATE = datetime(2000, 1, 1, tzinfo=UTC)
QUALITY = 80


def compose(template: str, content: Any, pictures: Sequence[bytes], font_folder: str) -> bytes:  # noqa: ANN401  # JSON
    """Set content by a template; its pictures are named `1.svg` and so on."""
    source = resources.files("services.intake") / "templates" / template
    parts = {"main": source.read_bytes(), "content.json": json.dumps(content).encode()}
    parts |= {f"{number}.svg": picture for number, picture in enumerate(pictures, 1)}
    # The last two are no parameters of ours, but keep the output free of its surroundings.
    return bytes(
        typst.compile(
            cast(Any, parts),  # its types do not say that several files may be given
            format="pdf",
            font_paths=[font_folder],
            ignore_system_fonts=True,
            timestamp=DATE,
        )
    )


def jpeg(picture: Image.Image) -> bytes:
    """Return a picture as SVG around a JPEG of its dots alone, without whatever came with it."""
    dots = picture.convert("RGB")
    stream = BytesIO()
    Image.frombytes("RGB", dots.size, dots.tobytes()).save(stream, "JPEG", quality=QUALITY)
    inside = base64.b64encode(stream.getvalue()).decode()
    size = f'width="{dots.width}" height="{dots.height}"'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'{size} viewBox="0 0 {dots.width} {dots.height}">'
        f'<image {size} xlink:href="data:image/jpeg;base64,{inside}"/></svg>'
    ).encode()
