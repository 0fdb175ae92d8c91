"""`sangkien receipt …`: checks receipts, offline."""

from pathlib import Path

import click
from msgspec import DecodeError, Struct, json

from contracts.intake import ReceiptClaims, ReceiptKey
from kernel.settings import load
from press.font import FontMissing
from services.intake.settings import FONTS, IntakeSettings
from services.intake.signing import read_keys
from services.intake.verifying import verify

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class KeySet(Struct, frozen=True):
    """A JSON Web Key Set as the platform publishes it."""

    keys: tuple[ReceiptKey, ...]


@click.group("receipt", context_settings={"help_option_names": ["-h", "--help"]})
def group() -> None:
    """Check receipts (giấy biên nhận)."""


@group.command("verify")
@click.argument("file", type=FILE)
@click.option(
    "--keys",
    type=FILE,
    help="The public keys, as /v1/receipts/keys gives them; those of RECEIPT_KEY if left out.",
)
@click.option(
    "--fonts",
    envvar="FONT_PATH",
    default=FONTS,
    show_default=True,
    help="A folder with Liberation Serif below it: a PDF is compared with a fresh print.",
)
def verify_file(file: Path, keys: Path | None, fonts: str) -> None:
    """Say what the receipt FILE (PDF or JWS) says and whether it is genuine; 1 if it is not."""
    try:
        verified = verify(file.read_bytes(), _public_keys(keys), fonts)
    except FontMissing as problem:
        raise click.ClickException(str(problem)) from problem
    for line in _told(verified.claims) if verified.claims else ():
        click.echo(line)
    for sentence in verified.wrong:
        click.echo(f"SAI: {sentence}")
    click.echo("KHÔNG HỢP LỆ" if verified.wrong else "HỢP LỆ")
    if verified.wrong:
        raise SystemExit(1)


def _public_keys(file: Path | None) -> tuple[ReceiptKey, ...]:
    if file is None:
        return read_keys(load(IntakeSettings).receipt_key).published
    try:
        return json.decode(file.read_bytes(), type=KeySet).keys
    except DecodeError as error:
        raise click.ClickException(f"{file} is no set of public keys: {error}") from error


def _told(claims: ReceiptClaims) -> list[str]:
    standing = "nộp muộn" if claims.late else "trong hạn"
    return [
        f"Mã hồ sơ: {claims.code}",
        f"Cuộc thi: {claims.contest_id} ({claims.tenant})",
        f"Hồ sơ: {claims.entry_id}, lần nộp {claims.version}",
        f"Tiếp nhận: {claims.received_at.isoformat()}",
        f"Thời điểm tính hạn: {claims.counted_at.isoformat()} ({standing})",
        f"Thể lệ: lần {claims.rules_number}, SHA-256 {claims.rules_sha256}",
        *(f"Tài liệu {one.code}: SHA-256 {one.sha256}" for one in claims.documents),
    ]
