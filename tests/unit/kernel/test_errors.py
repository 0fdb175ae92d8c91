"""Errors a service raises on purpose."""

import pytest

from contracts.message import Actor
from kernel.errors import Conflict, Forbidden, NotFound, Refused, require


class LampBroken(Conflict):
    """The lamp is broken; bring another."""


def test_the_docstring_is_the_message_and_the_class_the_code():
    error = LampBroken()

    assert (str(error), error.code, error.params) == (
        "The lamp is broken; bring another.",
        "LampBroken",
        {},
    )


def test_a_template_is_kept_beside_what_it_says():
    error = LampBroken("The lamp in {room} is broken.", room="A1")

    assert str(error) == "The lamp in A1 is broken."
    assert (error.template, error.params) == ("The lamp in {room} is broken.", {"room": "A1"})


def test_a_brace_without_parameters_is_a_brace():
    assert str(LampBroken("Use {} for it.")) == "Use {} for it."


@pytest.mark.parametrize("kind", [NotFound, Forbidden, Conflict])
def test_every_kind_is_a_refusal(kind):
    assert issubclass(kind, Refused)


def test_one_of_the_roles_is_enough():
    require(Actor(id="p", roles=frozenset({"clerk", "judge"})), "secretary", "clerk")


def test_without_any_of_the_roles_it_says_which_are_needed():
    with pytest.raises(Forbidden, match=r"This needs the role secretary or clerk\."):
        require(Actor(id="p", roles=frozenset({"judge"})), "secretary", "clerk")
