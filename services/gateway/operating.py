"""`sangkien account …`: the accounts that must be there before anybody can sign in."""

import sys
from uuid import uuid4

import click

from kernel.database import Database
from kernel.errors import Refused
from kernel.settings import KernelSettings, load
from services.gateway import domain
from services.gateway.accounts import Accounts
from services.gateway.domain import Account


@click.group("account", context_settings={"help_option_names": ["-h", "--help"]})
def group() -> None:
    """Make the gateway's first accounts; everybody else's are made over HTTP."""


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
    database = Database()
    database.connect(load(KernelSettings), wake=lambda: None)
    accounts = Accounts(database)
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


@group.command("list")
@click.option("--tenant", required=True, help="The organising authority.")
def list_all(tenant: str) -> None:
    """List a tenant's accounts: login, kind, roles, id."""
    database = Database()
    database.connect(load(KernelSettings), wake=lambda: None)
    for account in Accounts(database).every(tenant):
        roles = ",".join(sorted(account.roles))
        click.echo(f"{account.login} {account.kind} {roles} {account.id}")
