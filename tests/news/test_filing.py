import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.filing import credit_of, names_of, origin, url_key
from news.outlets import find_by_name
from news.topic import Outlet, Topic

BODY = (
    "The minister said on Tuesday that the dam would open within ten days.\n\nFarmers welcomed the decision, he added."
)
TOPIC = Topic("t", "T", "t.toml", outlets=(Outlet("cw", "Coast Wire", hosts=("coastwire.example",), aliases=("CW",)),))


@pytest.mark.parametrize(
    "other",
    [
        "https://www.coastwire.example/a/b",
        "http://COASTWIRE.example:80/a/b/",
        "http://coastwire.example/a/b?utm_source=x&fbclid=1",
        " http://coastwire.example/a/b#comments ",
    ],
)
def test_spellings_of_an_address_share_a_key(other):
    """Scheme, www, default port, trackers, fragment and last slash do not make another page."""
    assert url_key(other) == url_key("http://coastwire.example/a/b")


@pytest.mark.parametrize("other", ["http://coastwire.example/a/c", "http://coastwire.example/a/b?id=2", "import:1"])
def test_other_pages_have_other_keys(other):
    """Another path or a parameter that names the page makes another page."""
    assert url_key(other) != url_key("http://coastwire.example/a/b")


@given(st.text(max_size=80), st.sampled_from(["", "http://", "https://h.example/", "http://h.example:x/"]))
def test_any_text_has_a_key_that_is_its_own_key(text, prefix):
    """No address breaks the rule, and the same one always has the same key."""
    assert url_key(prefix + text) == url_key(prefix + text)


@pytest.mark.parametrize(
    ("outlet", "credit", "body", "whose"),
    [
        ("hill", None, BODY, "hill"),
        ("hill", "Coast Wire", BODY, "cw"),
        ("hill", "www.coastwire.example", BODY, "cw"),
        ("hill", "The Valley Sun", BODY, "The Valley Sun"),
        ("hill", None, "PORT MAREN, March 1 (CW) -- " + BODY, "cw"),
        ("hill", None, "PORT MAREN (Valley Sun) \N{EM DASH} " + BODY, "Valley Sun"),
        ("coastwire.example", None, BODY, "cw"),
    ],
)
def test_whose_word_a_text_is(outlet, credit, body, whose):
    """The credit, else the dateline's wire, else the outlet; by its id where the topic knows it."""
    assert origin(outlet, credit, body, TOPIC) == whose


def test_an_outlet_is_known_by_name_alias_and_host():
    """A credit may name an outlet in any of its spellings, but not by a name that only begins alike."""
    for name in ("cw", "Coast Wire", "CW", "coastwire.example", "https://news.coastwire.example/x"):
        assert find_by_name(name, TOPIC).id == "cw"
    assert find_by_name("Coast", TOPIC) is None
    assert find_by_name("notcoastwire.example", TOPIC) is None
    assert "coast wire" in names_of("cw", "http://coastwire.example/a", TOPIC)


def test_a_canonical_address_elsewhere_is_a_credit():
    """A page that gives another host's address as the original credits that host; its own host is no credit."""
    own = "http://hill.example/1"
    assert credit_of(None, "https://www.coastwire.example/1", own) == "coastwire.example"
    assert credit_of(None, "http://www.hill.example/1?print", own) is None
    assert credit_of("CW", "http://valley.example/1", own) == "CW"
    assert credit_of(None, None, own) is None
