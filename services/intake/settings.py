"""What intake is told by its environment."""

from msgspec import Struct

from services.intake.signing import read_keys

FONTS = "/usr/share/fonts"


class IntakeSettings(Struct, frozen=True, kw_only=True):
    """Settings of intake.

    receipt_key: What receipts are signed with: 64 hex digits (`openssl rand -hex 32`), then older keys or `public:` and the `x` of their public half, to be published still.
    font_path: A folder with Liberation Serif (package fonts-liberation2) in it or below it.
    onegate_seconds: How long one answer of a counterparty is waited for.
    onegate_pauses: Seconds before each further try to tell a counterparty something, comma separated.
    fetch_allow: Addresses inside, `host:port` and comma separated, that files of pushed dossiers may be fetched from beside public ones.
    public_url: The address people reach the door at, for the links in what counterparties are told; none are told if empty.
    clamd_url: The ClamAV daemon that every uploaded file is sent to, `tcp://host:port`; none if empty.
    request_days: For how many days a command that is repeated gets its first answer again.
    share_days: For how many days a link to a document is still listed after it has ended or was revoked.
    """  # noqa: E501  # a setting's sentence is one line

    receipt_key: str
    font_path: str = FONTS
    onegate_seconds: float = 20.0
    onegate_pauses: str = "2,10,60,300,1800,7200,21600,50400"
    fetch_allow: str = ""
    public_url: str = ""
    clamd_url: str = ""
    request_days: float = 30.0
    share_days: float = 90.0

    @property
    def fetch_hosts(self) -> frozenset[str]:
        """Return what `fetch_allow` names."""
        return frozenset(one.strip() for one in self.fetch_allow.split(",") if one.strip())

    def __post_init__(self) -> None:
        """Read the keys once, so that a wrong one shows when the service starts."""
        read_keys(self.receipt_key)

    @property
    def patience(self) -> tuple[float, ...]:
        """Return the pauses before further tries, in seconds."""
        return tuple(float(pause) for pause in self.onegate_pauses.split(",") if pause.strip())
