"""What originality is told by its environment."""

from msgspec import Struct


class OriginalitySettings(Struct, frozen=True, kw_only=True):
    """Settings of originality.

    font_path: A folder with Liberation Serif (package fonts-liberation2) in it or below it.
    """

    font_path: str = "/usr/share/fonts"
