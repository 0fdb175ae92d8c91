"""Roles that are given for one contest alone."""

from contracts.message import Actor


def test_a_role_given_for_a_contest_counts_there_and_nowhere_else():
    grants = frozenset({"secretary@HG", "authority:CT@HG", "clerk@KHAC", "organiser@"})
    helper = Actor(id="p-1", roles=frozenset({"entrant"}), grants=grants)

    assert helper.within("HG").roles == {"entrant", "secretary", "authority:CT"}
    assert helper.within("KHAC").roles == {"entrant", "clerk"}
    assert helper.within(None) == helper
    assert helper.within("G") == helper
