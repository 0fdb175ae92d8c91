"""`sangkien verify FILE.pdf`: whether a paper is genuine, without a network.

Two things are looked at: its signatures, against trusted roots, and what the platform said of it
when the register was fetched (`/v1/papers/register`), by the digest of the file.
"""

from datetime import datetime
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from msgspec import DecodeError, json

from contracts.awards import PaperRegister, PaperState
from services.awards.signing.refusals import BadSignedFile
from services.awards.signing.verifying import Signature, inspect, read_roots

PATH = click.Path(exists=True, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
HERE = ZoneInfo("Asia/Ho_Chi_Minh")
WITHDRAWN = {
    None: "không rõ chứng thư số có bị cơ quan cấp thu hồi hay không",
    False: "chứng thư số chưa bị cơ quan cấp thu hồi",
}
ROLES = {"KyPheDuyet": "phê duyệt", "KyPhatHanh": "phát hành", "KyDinhKem": "đính kèm"}


@click.command("verify", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("file", type=FILE)
@click.option(
    "--roots",
    type=PATH,
    envvar="TRUST_ROOTS",
    help="The root certificates to trust: a PEM file or a folder of them; else TRUST_ROOTS.",
)
@click.option(
    "--register",
    type=FILE,
    help="Papers as /v1/papers/register gives them; else nothing is known of revocation.",
)
@click.option("--ask-ca", is_flag=True, help="Ask the CA whether it has withdrawn a certificate.")
def verify(file: Path, roots: Path | None, register: Path | None, *, ask_ca: bool) -> None:
    """Say whether the paper FILE is valid, revoked or unknown; status 1 unless it is valid."""
    content = file.read_bytes()
    try:
        signatures = inspect(content, read_roots(str(roots) if roots else ""), asks=ask_ca)
    except BadSignedFile as problem:
        raise click.ClickException(f"{file}: tệp PDF không đọc được.") from problem
    except (ValueError, OSError) as problem:
        raise click.ClickException(f"{roots}: không phải chứng thư số PEM: {problem}") from problem
    state = look_up(content, register) if register else None
    for each in signatures:
        click.echo(f"{told(each)}{whose(each, state)}")
    for line in about(state):
        click.echo(line)
    is_whole = bool(signatures) and not any(each.wrong for each in signatures)
    verdict = judge(state, is_whole=is_whole, is_signed=bool(signatures))
    click.echo(verdict)
    if not verdict.startswith("HỢP LỆ"):
        raise SystemExit(1)


def told(signature: Signature) -> str:
    """Say what a signature is worth."""
    role = ROLES.get(signature.field.rstrip("0123456789"), signature.field)
    at = f", {moment(signature.at)} (theo lời người ký)" if signature.at else ""
    if signature.stamped_at:
        at = f", {moment(signature.stamped_at)} (theo dấu thời gian)"
    worth = "; ".join(signature.wrong) or f"đúng; {WITHDRAWN[signature.withdrawn]}"
    return f"Chữ ký số ({role}): {signature.signer}{at}: {worth}"


def whose(signature: Signature, state: PaperState | None) -> str:
    """Say whether the certificate is one that is bound to whose paper it is, if that is known."""
    if state is None:
        return ""
    known = {each.certificate: each.is_bound for each in state.signatures}
    if known.get(signature.certificate):
        return "; chứng thư số đã đăng ký cho cơ quan, chức danh ký"
    return "; không rõ chứng thư số có được đăng ký cho cơ quan, chức danh ký hay không"


def about(state: PaperState | None) -> list[str]:
    """Say what the register knows of the paper."""
    if state is None:
        return [
            "Chưa đối chiếu với sổ văn bản; dùng --register để biết văn bản có bị thu hồi không."
        ]
    if state.state == "UNKNOWN":
        return ["Sổ văn bản không có tệp này."]
    dated = f"{state.dated:%d/%m/%Y}" if state.dated else ""
    return [f"{state.type_name} số {state.number} ngày {dated}, {state.issuer}", state.about]


def judge(state: PaperState | None, *, is_whole: bool, is_signed: bool) -> str:
    """Return the verdict, which begins with `HỢP LỆ` only for a paper one may rely on."""
    if is_signed and not is_whole:
        return "KHÔNG HỢP LỆ: chữ ký số không đúng"
    if state is None:
        return "HỢP LỆ về chữ ký số" if is_whole else "KHÔNG XÁC ĐỊNH: tệp không có chữ ký số"
    if state.state == "REVOKED" and state.revoked_at:
        day = f"{state.revoked_at.astimezone(HERE):%d/%m/%Y}"
        return f"ĐÃ BỊ THU HỒI ngày {day}, theo Quyết định số {state.revoked_by}"
    return "HỢP LỆ" if state.state == "VALID" else "KHÔNG XÁC ĐỊNH"


def look_up(content: bytes, register: Path) -> PaperState:
    """Find the file in the register by its digest, in any state of signing."""
    try:
        known = json.decode(register.read_bytes(), type=PaperRegister)
    except DecodeError as error:
        raise click.ClickException(f"{register} is no register of papers: {error}") from error
    digest = sha256(content).hexdigest()
    found = (state for state in known.papers if digest in state.sha256)
    return next(found, PaperState(state="UNKNOWN"))


def moment(at: datetime) -> str:
    """Write an instant as people in Vietnam do."""
    return f"{at.astimezone(HERE):%H:%M %d/%m/%Y}"
