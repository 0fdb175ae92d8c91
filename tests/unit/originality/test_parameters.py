"""The hash of the parameters changes with every constant that decides what a report says."""

import pkgutil
from importlib import import_module

import pytest

from services.originality import engine
from services.originality.engine import kernels, masks
from services.originality.reporting.parameters import DECIDING, constants, figures

# How loops are compiled and numbers are packed: the same is found, sooner or later.
SAYS_NOTHING = {"warm", "jit", "masks"}


@pytest.mark.parametrize("package", [engine, kernels])
def test_every_figure_of_the_engine_is_among_the_parameters(package):
    prefix = package.__name__.removeprefix("services.originality.")
    whole = {path.name for path in masks.DECIDING}  # hashed as files
    names = {
        f"{prefix}.{found.name}"
        for found in pkgutil.iter_modules(package.__path__)
        if not found.ispkg
        and found.name not in SAYS_NOTHING
        and f"{found.name}.py" not in whole
        and any(figures(import_module(f"{package.__name__}.{found.name}")))
    }

    assert names <= set(DECIDING)


def test_parameters_have_what_decides_outside_the_engine():
    known = constants()

    assert {
        "domain.verdict.TRICKS",
        "ideas.alike.SIGNIFICANT",
        "left out",
        "rarity",
        "reporting.making.MOST",
        "vectors",
    } <= set(known)
    assert known["domain.verdict.TRICKS"] == (
        "HIDDEN_TEXT IMAGE_OF_TEXT NOT_LOOKED_AT TEXT_LAYER_DIFFERS"
    )
