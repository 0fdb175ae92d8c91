"""What review is told by its environment."""

from msgspec import Struct

from services.review.sealing.boxes import ServiceKeys, read_keys


class ReviewSettings(Struct, frozen=True, kw_only=True):
    """Settings of review.

    sealing_key: What sheets and keys on their way here are sealed to: 64 hex digits (`openssl rand -hex 32`), then older keys that may still have to be opened.
    font_path: A folder with Liberation Serif (package fonts-liberation2) in it or below it.
    link_minutes: How long a link to minutes can be opened.
    """  # noqa: E501  # a setting's sentence is one line

    sealing_key: str
    font_path: str = "/usr/share/fonts"
    link_minutes: int = 15

    def __post_init__(self) -> None:
        """Read the keys once, so that a wrong one shows when the service starts."""
        read_keys(self.sealing_key)

    @property
    def keys(self) -> ServiceKeys:
        """Return the service's own keys."""
        return read_keys(self.sealing_key)
