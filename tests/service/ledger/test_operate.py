"""The operator's commands: what they print and their exit status."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from contracts import review
from kernel import operate

ROUND = review.RoundOpened(contest_id="hg", round_id="R1", entry_ids=("e-1",))


@pytest.fixture
def ledger(bench):
    """Keep a ledger of three links and one of another tenant."""
    for number in (1, 2, 3):
        bench.hear(ROUND, id=f"m-{number}")
    bench.hear(ROUND, id="m-1", tenant="ca-mau")
    return bench


@pytest.fixture
def sangkien(bench):
    """Run `sangkien ledger …` with the address of the bench's database and nothing else."""
    url = bench.database.engine.url.render_as_string(hide_password=False)
    environment = {"AMQP_URL": None, "S3_URL": None, "DATABASE_URL": url}

    def run(*arguments):
        return CliRunner().invoke(operate.group, ["ledger", *arguments], env=environment)

    return run


def tamper(bench, statement):
    with bench.database.engine.begin() as connection:
        connection.execute(text("SELECT set_config('app.tenant', '*', true)"))
        connection.execute(text("ALTER TABLE line DISABLE TRIGGER USER"))
        connection.execute(text(statement))


@pytest.mark.usefixtures("ledger")
def test_an_intact_ledger_is_confirmed(sangkien):
    result = sangkien("verify")

    first, second = result.stdout.splitlines()
    assert first.startswith("ca-mau: intact, 1 links, head ")
    assert second.startswith("hau-giang: intact, 3 links, head ")
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_changed_row_is_named_with_what_to_do(ledger, sangkien):
    tamper(
        ledger,
        "UPDATE line SET body = replace(body, 'R1', 'R2')"
        " WHERE tenant = 'hau-giang' AND sequence = 2",
    )

    result = sangkien("verify")

    assert result.exit_code == 1
    assert result.stdout.startswith("ca-mau: intact")
    assert result.stderr.startswith("hau-giang: BROKEN at link 2: body changed. The 1 links")


def test_one_tenants_chain_can_be_checked_alone(ledger, sangkien):
    tamper(ledger, "DELETE FROM line WHERE tenant = 'ca-mau'")

    assert sangkien("verify", "--tenant", "hau-giang").exit_code == 0
    assert sangkien("verify", "--tenant", "ca-mau").exit_code == 1


@pytest.mark.usefixtures("ledger")
def test_a_copy_is_verified_without_any_database(sangkien, tmp_path):
    copy = tmp_path / "ledger.jsonl"
    exported = sangkien("export", str(copy))

    result = sangkien("verify", str(copy))

    assert exported.exit_code == 0, exported.stderr
    assert len(copy.read_bytes().splitlines()) == 6
    assert result.stdout == sangkien("verify").stdout
    assert result.exit_code == 0


@pytest.mark.usefixtures("ledger")
def test_one_changed_line_of_a_copy_is_found(sangkien, tmp_path):
    copy = tmp_path / "ledger.jsonl"
    sangkien("export", str(copy), "--tenant", "hau-giang")
    head, first, second, third = copy.read_text().splitlines()
    changed = json.dumps({**json.loads(second), "occurred_at": "2022-07-02T05:00:00Z"})
    copy.write_text(f"{head}\n{first}\n{changed}\n{third}")

    result = sangkien("verify", str(copy))

    assert result.exit_code == 1
    assert result.stderr.startswith("hau-giang: BROKEN at link 2: link changed.")


@pytest.mark.usefixtures("ledger")
def test_a_line_taken_from_a_copy_is_found(sangkien, tmp_path):
    copy = tmp_path / "ledger.jsonl"
    sangkien("export", str(copy), "--tenant", "hau-giang")
    copy.write_text("\n".join(copy.read_text().splitlines()[:-1]))

    result = sangkien("verify", str(copy))

    assert result.exit_code == 1
    assert result.stderr.startswith("hau-giang: BROKEN at link 3: head changed.")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "The file is empty."),
        ("{}", "Line 1 of the file cannot be read"),
        ('{"is":"chain","tenant":"t","length":0,"digest":"x"}\nnonsense', "Line 2 of the file"),
    ],
)
def test_what_is_not_a_copy_is_refused(sangkien, tmp_path, content, why):
    copy = tmp_path / "ledger.jsonl"
    copy.write_text(content)

    result = sangkien("verify", str(copy))

    assert result.exit_code == 1
    assert why in result.stderr


@pytest.mark.parametrize(
    "arguments", [("verify", "no-such-file"), ("verify", "--tenant", "nobody")]
)
@pytest.mark.usefixtures("ledger")
def test_wrong_usage_ends_with_status_2(sangkien, arguments):
    assert sangkien(*arguments).exit_code == 2
