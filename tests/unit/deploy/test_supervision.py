"""The configuration Supervisor is given, as Supervisor itself would read it."""

from configparser import RawConfigParser

from hypothesis import given
from hypothesis import strategies as st
from supervisor.datatypes import dict_of_key_value_pairs

from deploy.local.instance import Instance
from deploy.local.supervision import Program, configuration

INSTANCE = Instance("trial", ports={"supervisor": 20_001}, passwords={"supervisor": "secret"})

settings = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="\"'\\;#"),
    min_size=1,
)


def read(*programs: Program) -> RawConfigParser:
    parser = RawConfigParser(inline_comment_prefixes=(";", "#"), strict=False)
    parser.read_string(configuration(INSTANCE, programs))
    return parser


def test_services_stop_before_the_servers_they_need():
    result = read(
        Program("postgres", ("postgres",)), Program("intake-0", ("x",), group="services")
    )

    assert result["group:servers"]["programs"] == "postgres"
    assert result["group:services"]["programs"] == "intake-0"
    assert result.getint("group:services", "priority") > result.getint("group:servers", "priority")


def test_a_program_is_started_again_however_often_it_falls():
    result = read(Program("intake-0", ("x",), group="services"))["program:intake-0"]

    assert (result["autorestart"], result["startsecs"]) == ("true", "0")
    assert int(result["startretries"]) > 100_000


def test_nobody_else_can_ask_this_supervisor_anything():
    result = read()["inet_http_server"]

    assert dict(result) == {
        "port": "127.0.0.1:20001",
        "username": "operator",
        "password": "secret",
    }


@given(value=settings)
def test_every_setting_reaches_the_program_as_it_was_meant(value):
    program = Program("intake-0", ("x",), {"DATABASE_URL": value, "LAST": "1"})

    text = read(program)["program:intake-0"]["environment"]

    # Supervisor fills in %(…)s before it takes the pairs apart.
    assert dict_of_key_value_pairs(text % {}) == {"DATABASE_URL": value, "LAST": "1"}
