"""What originality is told by its environment."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from services.originality.agreements import read_agreements


class OriginalitySettings(Struct, frozen=True, kw_only=True):
    """Settings of originality.

    font_path: A folder with Liberation Serif (package fonts-liberation2) in it or below it.
    exchange: Agreements with other provinces, JSON as docs/howto/exchange-with-provinces.md says; none if empty.
    exchange_seconds: How long another province's platform is waited for in all, however slowly it answers.
    vectors: Whether texts are compared by meaning at all, `on` or `off`; without, ideas are found by words alone.
    embeddings_url: An OpenAI-compatible API that makes vectors, up to and with `/v1`; the shipped table if empty.
    embeddings_model: The model to ask that API for.
    embeddings_key: The secret that goes with it, if it wants one.
    embeddings_seconds: How long it may take to answer.
    index_memory: How many megabytes of the index of texts a process may keep in memory; 0 for none.
    """  # noqa: E501  # a setting's sentence is one line

    font_path: str = "/usr/share/fonts"
    exchange: str = ""
    exchange_seconds: float = 10.0
    vectors: Literal["on", "off"] = "on"
    embeddings_url: str = ""
    embeddings_model: str = ""
    embeddings_key: str = ""
    embeddings_seconds: float = 10.0
    index_memory: Annotated[int, Meta(ge=0)] = 64

    def __post_init__(self) -> None:
        """Read the agreements once, so that a wrong one shows when the service starts."""
        read_agreements(self.exchange)
