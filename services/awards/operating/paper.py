"""`sangkien paper …`: how papers are worded, what they look like, how far they are printed."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from msgspec import DecodeError, json, msgpack, to_builtins

from contracts.rules import Authority
from kernel.door import Door
from kernel.errors import Refused
from press.sheets import Printed
from services.awards.domain.forms import Facts, fill, slots
from services.awards.domain.paper import Document, Head, Signature, full_number, long_date
from services.awards.domain.wording import Profile
from services.awards.operating.signers import bind, signers, unbind
from services.awards.orders import Job
from services.awards.press import press
from services.awards.profile import load_profile
from services.awards.settings import AwardsSettings
from services.awards.signing.sample import make_test_ca

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
server = click.option("--server", help="The platform's address; else SANGKIEN_URL.")
fonts = click.option("--fonts", envvar="FONT_PATH", default=AwardsSettings().font_path)

# A body that nobody takes for a real one.
SAMPLE = Authority(
    code="MAU", name="Cơ quan ban hành (mẫu)", issuer="CƠ QUAN BAN HÀNH", symbol="QĐ-MAU",
    signer_title="THỦ TRƯỞNG", place="Địa danh", parent="CƠ QUAN CHỦ QUẢN",
)  # fmt: skip


@click.group("paper", context_settings={"help_option_names": ["-h", "--help"]})
def group() -> None:
    """Word, preview and follow official papers (văn bản, giấy khen, bằng khen)."""


@group.command("words")
@click.argument("profile")
@click.option("--changes", type=FILE, help="Your changes (JSON), laid over the profile.")
def words(profile: str, changes: Path | None) -> None:
    """Print the words of the legal profile PROFILE (2022, 2024, 2026), or say what is wrong."""
    whole = to_builtins(profile_of(profile, changes))
    click.echo(json.format(json.encode(whole), indent=2).decode())


@group.command("preview")
@click.argument("profile")
@click.argument("form")
@click.option("--changes", type=FILE, help="Your changes (JSON), laid over the profile.")
@click.option("--output", "-o", type=NEW_FILE, required=True, help="A .pdf or .docx to write.")
@fonts
def preview(profile: str, form: str, changes: Path | None, output: Path, fonts: str) -> None:
    """Print a sample of the form FORM: every slot shows its own name."""
    known = profile_of(profile, changes)
    if form not in known.documents:
        forms = ", ".join(sorted(known.documents))
        raise click.BadParameter(f"there is no form {form}; there are {forms}")
    job = Job(font_path=fonts, dated=datetime.now(UTC), document=sampled(known, form))
    printed = msgpack.decode(press(json.encode(job)), type=Printed)
    is_word = output.suffix == ".docx"
    output.write_bytes((printed.docx if is_word else printed.pdf).content)
    click.echo(output)


@group.command("change-words")
@click.argument("profile")
@click.argument("changes", type=FILE)
@server
def change_words(profile: str, changes: Path, server: str | None) -> None:
    """Put CHANGES in force for PROFILE on the platform; no issued paper changes."""
    profile_of(profile, changes)
    body = json.encode({"changes": json.decode(changes.read_bytes())})
    door = Door.of_environment(server)
    kept = door.ask("POST", f"/v1/wordings/{profile}", body, kind="application/json")
    click.echo(f"{profile} {kept['number']}")


@group.command("issue")
@click.argument("contest")
@click.argument("form")
@click.argument("file", type=FILE)
@click.option("--body", default="BTC", help="An authority of the rules; else the organisers.")
@click.option("--winners", is_flag=True, help="List the prizes as they stand.")
@server
def issue(  # noqa: PLR0913  # click passes them
    contest: str, form: str, file: Path, body: str, server: str | None, *, winners: bool
) -> None:
    """Issue a paper of the form FORM for CONTEST: FILE (JSON) has its texts, lists and rows."""
    try:
        facts = json.decode(file.read_bytes(), type=dict[str, Any])
    except DecodeError as error:
        raise click.ClickException(f"{file}: tệp không phải JSON hợp lệ ({error}).") from error
    told = json.encode({**facts, "form": form, "body": body, "winners": winners})
    path = f"/v1/contests/{contest}/documents"
    paper = Door.of_environment(server).ask("POST", path, told, kind="application/json")
    click.echo(f"{paper['paper_id']} {paper['number']:02d}/{paper['symbol']}")


@group.command("progress")
@click.argument("contest")
@server
def progress(contest: str, server: str | None) -> None:
    """Say how many papers of CONTEST there are, how many are printed and signed."""
    at = Door.of_environment(server).read(f"/v1/contests/{contest}/printing")
    click.echo(f"Đã in {at['printed']}/{at['papers']} văn bản; đã ký số {at['signed']}.")


@group.command("test-ca")
@click.argument("folder", type=FOLDER)
@click.option("--key", "keys", multiple=True, required=True, help="TENANT/AUTHORITY/ROLE")
@click.option("--password", envvar="SIGN_PASSWORD", required=True)
def test_ca(folder: Path, keys: tuple[str, ...], password: str) -> None:
    """Make a CA for trying out, and keys, in FOLDER. What they sign is worth nothing."""
    root = make_test_ca(folder, keys, password)
    click.echo(f"CHỈ ĐỂ THỬ, KHÔNG CÓ GIÁ TRỊ PHÁP LÝ: {root}")


for each in (signers, bind, unbind):
    group.add_command(each)


def profile_of(name: str, changes: Path | None) -> Profile:
    """Read a profile with changes; ends with a sentence if it is none."""
    try:
        return load_profile(name, changes.read_bytes() if changes else b"{}")
    except Refused as refused:
        raise click.ClickException(str(refused)) from refused


def sampled(profile: Profile, name: str) -> Document:
    """Write a paper whose slots show their names, with one row in its list."""
    form, today = profile.documents[name], date(2000, 1, 1)
    symbol = f"{form.symbol}-{SAMPLE.symbol.partition('-')[2]}"
    number = full_number(1, symbol)
    texts = {slot: f"[{slot}]" for slot in slots(form)}
    row = tuple(f"[{column}]" for column in form.listing.columns) if form.listing else ()
    return fill(
        form,
        Head(
            (SAMPLE.parent or "",), (SAMPLE.issuer,), number, f"{SAMPLE.place}, {long_date(today)}"
        ),
        Signature((SAMPLE.signer_title,), None),
        tuple(citation.text for citation in profile.bases),
        Facts(
            {**texts, "number": number, "date": long_date(today), "authority": SAMPLE.name},
            {phrase.each: (f"[{phrase.each}]",) for phrase in form.body if phrase.each},
            (row,) if row else (),
        ),
    )
