"""The recount's own arithmetic where kits seldom come to it."""

from recount import prizes, scoring
from tests.unit.recount.figures import figures_hold


def test_figures_hold_at_their_edges():
    assert figures_hold(scoring, prizes)
