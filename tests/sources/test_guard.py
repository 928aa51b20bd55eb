import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.errors import FetchError
from sources.guard import check_url, is_public

INSIDE = [
    "0.0.0.0",  # noqa: S104 - an address to refuse
    *("10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255"),
    *("192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.51.100.1", "255.255.255.255"),
    *("203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "::", "::1", "100::1"),
    *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2001::1"),
    *("2001:db8::1", "2002:7f00:1::", "fc00::1", "fd12:3456::1", "fe80::1", "fec0::1", "ff02::1"),
]


@pytest.mark.parametrize("address", INSIDE)
def test_no_inner_address_is_public(address):
    """Loopback, private, link-local, multicast, translated and reserved addresses are all refused."""
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "2a00:1450:4001::1"])
def test_public_addresses_are_public(address):
    """Ordinary addresses of the internet are let through."""
    assert is_public(ipaddress.ip_address(address))


@given(st.ip_addresses(v=4))
def test_mapping_an_address_changes_nothing(address):
    """An IPv4 address is judged the same when it is written as an IPv6 one."""
    mapped = ipaddress.ip_address(f"::ffff:{address}")
    assert is_public(mapped) == is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://x.org/", "file:///etc/passwd", "javascript:alert(1)", "//x.org/", "x", "", "http://", "http:///a"),
        *(
            "http://u@x.org/",
            "http://u:p@x.org/",
            "http://x.org:99999/",
            "http://[::1/",
            "http://x.org/\n",
            "http:// x/",
        ),
        "http://x.org/" + "a" * 5000,
    ],
)
def test_what_is_no_web_address_is_refused(url):
    """Other schemes, credentials, blanks, endless and broken addresses are refused for good."""
    with pytest.raises(FetchError) as caught:
        check_url(url)
    assert caught.value.permanent


@given(
    st.text(max_size=80)
    | st.text(max_size=60).map("http://{}".format)
    | st.text(max_size=40).map("http://x.org/{}".format)
)
def test_any_text_is_an_address_or_an_error(text):
    """Whatever a feed calls a link, the answer is an address without fragment or a FetchError."""
    try:
        url = check_url(text)
    except FetchError:
        return
    assert url.lower().startswith(("http://", "https://"))
    assert "#" not in url
