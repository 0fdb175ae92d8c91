"""`sangkien account …`: the accounts that must be there before anybody can sign in."""

import sys
from pathlib import Path
from uuid import uuid4

import click
import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from kernel.database import Database
from kernel.errors import Refused
from kernel.settings import KernelSettings, load
from services.gateway import domain, linking, outside, second_steps, sign_ins, store
from services.gateway.accounts import Accounts
from services.gateway.domain import Account
from services.gateway.sessions import working


def connected() -> Database:
    """Return the gateway's database."""
    database = Database()
    database.connect(load(KernelSettings), wake=lambda: None)
    return database


@click.group("account", context_settings={"help_option_names": ["-h", "--help"]})
def group() -> None:
    """Make the first accounts, and say how people sign in; other accounts are made over HTTP."""


@group.command()
@click.argument("login")
@click.option("--roles", required=True, help="Comma separated, e.g. organiser,operator.")
@click.option("--tenant", required=True, help="The organising authority, e.g. hau-giang.")
@click.option("--unit", help="The id of the unit they belong to.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def add(login: str, roles: str, tenant: str, unit: str | None, password_stdin: bool) -> None:  # noqa: FBT001  # click passes flags by name
    """Add the account LOGIN; without --password-stdin a password is made up and printed."""
    granted = frozenset(role.strip() for role in roles.split(",") if role.strip())
    account = Account(uuid4().hex, "PERSON", login, granted, unit)
    accounts = Accounts(connected())
    try:
        domain.check_tenant(tenant)
        domain.check_grant(frozenset({"operator"}), granted)
        if password_stdin:
            accounts.register(tenant, account, sys.stdin.readline().rstrip("\n"))
        else:
            click.echo(accounts.issue(tenant, account))
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{login} can sign in at {tenant}", err=True)


@group.command("second-step")
@click.option("--tenant", required=True, help="The organising authority.")
@click.option("--roles", required=True, help="Comma separated; empty: nobody needs one.")
def ask_second_step(tenant: str, roles: str) -> None:
    """Say which roles sign in with a second step; `authority` is every authority."""
    wanted = frozenset(role.strip() for role in roles.split(",") if role.strip())
    try:
        domain.check_tenant(tenant)
        domain.check_grant(frozenset({"operator"}), wanted - {"authority"})
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    with working(connected(), tenant) as work:
        second_steps.set_needed(work.session, wanted)
    click.echo(f"second step at {tenant}: {', '.join(sorted(wanted)) or 'nobody'}", err=True)


@group.command("drop-second-step")
@click.argument("login")
@click.option("--tenant", required=True, help="The organising authority.")
def drop_second_step(login: str, tenant: str) -> None:
    """Take the second step of LOGIN away: their phone and their recovery codes are lost."""
    with working(connected(), tenant) as work:
        found = store.find_account(work.session, login, "PERSON")
        if found is None:
            raise click.ClickException(f"Nobody at {tenant} is called {login}.")
        second_steps.drop(work.session, found[0].id)
        sign_ins.end_others(work.session, found[0].id)
    click.echo(f"{login} signs in without a second step; see that they set it up again", err=True)


@group.command("provider")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--tenant", required=True, help="The organising authority.")
def describe_provider(file: Path, tenant: str) -> None:
    """Sign people in through the provider that FILE describes (YAML), or change how."""
    try:
        domain.check_tenant(tenant)
        provider = msgspec.convert(YAML(typ="safe").load(file.read_text()), linking.Provider)
        outside.describe(connected(), tenant, provider)
    except (Refused, msgspec.ValidationError, YAMLError) as problem:
        raise click.ClickException(f"{file}: {problem}") from problem
    click.echo(f"people sign in at {tenant} through {provider.name}", err=True)


@group.command("drop-provider")
@click.argument("provider_id")
@click.option("--tenant", required=True, help="The organising authority.")
def drop_provider(provider_id: str, tenant: str) -> None:
    """Sign nobody in through a provider any more; accounts and links stay."""
    outside.remove(connected(), tenant, provider_id)


@group.command("list")
@click.option("--tenant", required=True, help="The organising authority.")
def list_all(tenant: str) -> None:
    """List a tenant's accounts: login, kind, roles, id."""
    for account in Accounts(connected()).every(tenant):
        roles = ",".join(sorted(account.roles))
        click.echo(f"{account.login} {account.kind} {roles} {account.id}")
