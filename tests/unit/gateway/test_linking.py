"""What another provider's word makes of somebody."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kernel.errors import Refused
from services.gateway import domain, linking, strength
from services.gateway.domain import Account
from services.gateway.linking import Provider, RoleRule, Somebody

RULE = RoleRule(claim="groups", values={"tk": ("secretary",), "tn": ("clerk", "coordinator")})
PROVIDER = Provider(
    id="so", name="Cổng mẫu", issuer="https://id.example.vn", client_id="sk", at_first="make",
    role_rules=(RULE,),
)  # fmt: skip
texts = st.text(max_size=20)
claims = st.dictionaries(
    st.sampled_from(["sub", "name", "email", "groups", "email_verified", "cccd"]),
    st.one_of(texts, st.lists(texts), st.booleans(), st.none(), st.integers()),
)


@given(claims)
def test_whatever_a_provider_says_nobody_becomes_more_than_its_description_allows(said):
    try:
        somebody = linking.read(PROVIDER, said)
    except linking.ClaimMissing:
        return

    assert somebody.roles <= {"entrant", "secretary", "clerk", "coordinator"}
    assert somebody.subject == said["sub"].strip()


@given(st.text(min_size=1, max_size=30), st.text(min_size=1, max_size=30))
def test_an_account_hangs_on_issuer_and_subject_alone(one, other):
    first = Somebody(issuer="https://a", subject=one, full_name="x")
    second = Somebody(issuer="https://a", subject=other, full_name="x")

    assert (linking.made_id(first) == linking.made_id(second)) is (one == other)
    assert linking.made_id(first) != linking.made_id(replace(first, issuer="https://b"))
    assert domain.LOGIN.fullmatch(linking.account_for(PROVIDER, first).login)


@pytest.mark.parametrize("claim", sorted(linking.NUMBERS))
def test_the_number_of_an_identity_paper_is_never_taken(claim):
    provider = replace(PROVIDER, unit=claim, phone=claim)

    somebody = linking.read(provider, {"sub": "a", claim: "001000000001"})

    assert (somebody.unit_id, somebody.phone) == (None, None)


def test_an_address_that_the_provider_has_not_proven_is_not_taken():
    said = {"sub": "a", "email": "a@example.vn", "email_verified": False}

    assert linking.read(PROVIDER, said).email is None


@given(st.frozensets(st.sampled_from(["entrant", "judge", "secretary", "clerk", "organiser"])))
def test_roles_given_here_stay_and_the_providers_follow_its_word(roles):
    account = Account("1", "PERSON", "so-1", roles)
    somebody = Somebody(issuer="", subject="", roles=frozenset({"clerk"}))

    renewed = linking.renewed(PROVIDER, account, somebody)

    assert renewed == (roles - {"secretary"}) | {"clerk"}
    assert linking.renewed(replace(PROVIDER, role_rules=()), account, somebody) == roles


@pytest.mark.parametrize(
    "wrong",
    [
        {"issuer": "http://id.example.vn"},
        {"scopes": ("profile",)},
        {"roles": ("operator",)},
        {"roles": ("king",)},
        {"id": "Sở"},
    ],
)
def test_a_description_that_lets_in_the_wrong_people_is_refused(wrong):
    with pytest.raises(Refused):
        linking.check(replace(PROVIDER, **wrong))


def test_a_description_says_nothing_that_is_not_understood():
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**msgspec.to_builtins(PROVIDER), "alg": "none"}, Provider)


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("ngắn", strength.WeakPassword),
        ("x" * 201, strength.LongPassword),
        ("password12", strength.CommonPassword),
        ("matkhau123", strength.CommonPassword),
        ("sangkien2026", strength.CommonPassword),
    ],
)
def test_short_long_and_common_passwords_are_refused(password, refusal):
    with pytest.raises(refusal):
        strength.check(password, ("an", "hau-giang"))


def test_a_sentence_is_a_password():
    strength.check("mèo nhà tôi thích ăn cá kho", ("an", "hau-giang"))
