"""A picture as the one page of a PDF, without what was written into the file about it."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageOps

from services.intake.blinding.maker.composing import compose, jpeg
from services.intake.blinding.orders import Copy, Task

MOST_DOTS = 2600
WIDTH = 595.0  # points, as A4


def opened(body: bytes) -> Image.Image:
    """Return the dots of a picture, upright, of a size that can be handled."""
    with Image.open(BytesIO(body)) as found:
        found.thumbnail((MOST_DOTS, MOST_DOTS))
        return ImageOps.exif_transpose(found).convert("RGB")


def copy(task: Task) -> Copy:
    """Copy a picture; nobody has read it, so a person must look."""
    picture = opened(task.body)
    pen = ImageDraw.Draw(picture)
    for box in task.boxes:
        pen.rectangle(
            (
                box.left * picture.width,
                box.top * picture.height,
                box.right * picture.width,
                box.bottom * picture.height,
            ),
            fill="black",
        )
    height = WIDTH * picture.height / picture.width
    content = [{"width": WIDTH, "height": height, "lines": []}]
    pdf = compose("blind_pages.typ", content, [jpeg(picture)], task.font_folder)
    return Copy(pdf=pdf, pages=1, unread=(1,))
