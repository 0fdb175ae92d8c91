"""Writing in pictures, by tesseract with its Vietnamese model; a page takes a second or two."""

import subprocess

from services.originality.extraction.reader.pictures import FINENESS

LANGUAGE = "vie"
MOST_PAGES = 60
_SECONDS = 40  # for one page; what takes longer is no writing
# 1: find out which way is up, then the columns and lines.
_COMMAND = ["tesseract", "stdin", "stdout", "-l", LANGUAGE, "--psm", "1", "--dpi", str(FINENESS)]


class NoRecogniser(Exception):
    """Tesseract is not installed, or lacks its Vietnamese model."""


def recognised(picture: bytes) -> str:
    """Return the writing in a PGM picture; nothing where tesseract finds or manages none."""
    try:
        done = subprocess.run(  # noqa: S603
            _COMMAND, input=picture, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return ""
    except FileNotFoundError as error:
        raise NoRecogniser from error
    if done.returncode and b"load" in done.stderr:
        raise NoRecogniser
    return done.stdout.decode("utf-8", "replace").replace("\f", "").strip()
