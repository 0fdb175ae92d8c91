"""What awards is told by its environment."""

from msgspec import Struct


class AwardsSettings(Struct, frozen=True, kw_only=True):
    """Settings of awards.

    font_path: A folder with Liberation Serif (package fonts-liberation2) in it or below it.
    link_minutes: How long a link to a paper can be opened.
    """

    font_path: str = "/usr/share/fonts"
    link_minutes: int = 15
