"""What only a topic's owner should know does not leave the topic file."""

import pytest

from news.secrets import hide_secrets


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("http://x.org/f?q=dam&api_key=s3cr3t answered 403", "http://x.org/f?q=dam&api_key=… answered 403"),
        ("https://x.org/?token=s3cr3t#top", "https://x.org/?token=…#top"),
        ("https://ann:s3cr3t@x.org/f timed out", "https://…@x.org/f timed out"),
        ("http://x.org/f?page=2&monkey=yes", "http://x.org/f?page=2&monkey=yes"),
        ("mail ann@x.org", "mail ann@x.org"),
    ],
)
def test_values_of_keys_are_blotted_out(text, shown):
    """Keys, tokens and passwords of addresses are hidden, and nothing else is."""
    assert hide_secrets(text) == shown
