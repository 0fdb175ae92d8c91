"""Writing in pictures, by tesseract with its Vietnamese model; a page takes a second or two."""

import subprocess

from services.originality.extraction.reader.pictures import FINENESS

LANGUAGE = "vie"
MOST_PAGES = 60
_SECONDS = 40  # for one page
# 1: find out which way is up, then the columns and lines.
_COMMAND = ["tesseract", "stdin", "stdout", "-l", LANGUAGE, "--psm", "1", "--dpi", str(FINENESS)]


class NotRecognised(Exception):
    """Tesseract is not installed, lacks its Vietnamese model, or failed."""


class TooSlow(Exception):
    """Tesseract has not come to an end with a page."""


def recognised(picture: bytes) -> str:
    """Return the writing in a PGM picture, nothing where there is none.

    A page that tesseract could not manage must not pass for an empty one: that raises.
    """
    try:
        done = subprocess.run(  # noqa: S603
            _COMMAND, input=picture, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise TooSlow from error
    except OSError as error:
        raise NotRecognised from error
    if done.returncode:
        raise NotRecognised
    return done.stdout.decode("utf-8", "replace").replace("\f", "").strip()
