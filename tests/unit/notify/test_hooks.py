"""Signatures as the specification has them, and addresses a webhook may not have."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.hooks import WebhookAddressRefused, new_secret, sign, vet


def test_a_signature_is_the_one_other_libraries_compute():
    body = b'{"test": 2432232314}'

    signature = sign(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body
    )

    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_every_secret_is_fresh_and_long_enough():
    secrets = [new_secret() for _ in range(5)]

    assert len(set(secrets)) == 5
    assert all(len(base64.b64decode(one.removeprefix("whsec_"))) == 32 for one in secrets)


@given(st.binary(max_size=50), st.binary(max_size=50), st.integers(0, 2**40))
def test_another_body_has_another_signature(one, other, timestamp):
    secret = new_secret()

    same = sign(secret, "d-1", timestamp, one) == sign(secret, "d-1", timestamp, other)

    assert same == (one == other)


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/hook",
        "https://localhost/hook",
        "https://2130706433/hook",  # 127.0.0.1 as one number
        "https://[::1]/hook",
        "https://[::ffff:10.0.0.1]/hook",
        "https://[64:ff9b::a00:1]/hook",  # 10.0.0.1 behind NAT64
        "https://[2002:a00:1::]/hook",  # 10.0.0.1 behind 6to4
        "https://10.1.2.3/hook",
        "https://172.16.0.9/hook",
        "https://192.168.1.1/hook",
        "https://100.64.0.1/hook",
        "https://169.254.169.254/latest/meta-data/",
        "https://[fe80::1]/hook",
        "https://[fd00::1]/hook",
        "https://0.0.0.0/hook",
        "https://224.0.0.1/hook",
        "http://8.8.8.8/hook",  # public, but not encrypted
        "ftp://8.8.8.8/hook",
        "https://user:password@8.8.8.8/hook",
        "https:///hook",
        "https://một-cửa.example/hook",
        "https://8.8.8.8/a hook",
        "https://8.8.8.8/\r\nhost: 10.0.0.1",
        "https://8.8.8.8:99999/hook",
        "https://no-such-host.invalid/hook",
        "not a url",
    ],
)
def test_a_webhook_may_not_lead_inside(url):
    with pytest.raises(WebhookAddressRefused):
        vet(url, allow_loopback=False)


@pytest.mark.parametrize(
    "url", ["http://10.1.2.3/hook", "https://192.168.1.1/hook", "http://169.254.169.254/"]
)
def test_allowing_loopback_allows_nothing_else_inside(url):
    with pytest.raises(WebhookAddressRefused):
        vet(url, allow_loopback=True)


@pytest.mark.parametrize(
    ("url", "address", "port"),
    [
        ("https://8.8.8.8/hook", "8.8.8.8", 443),
        ("https://[2001:4860:4860::8888]:8443/hook", "2001:4860:4860::8888", 8443),
    ],
)
def test_a_public_address_over_https_will_do(url, address, port):
    target = vet(url, allow_loopback=False)

    assert (target.address, target.port) == (address, port)


def test_loopback_will_do_where_it_is_allowed():
    target = vet("http://127.0.0.1:8080/hook", allow_loopback=True)

    assert (target.address, target.port) == ("127.0.0.1", 8080)
