"""A digest as a Slack message."""

from dataclasses import replace

from alerts.render import render
from news.finding import FindingKind


def texts(message):
    """Every text a message shows."""
    for block in message["blocks"]:
        yield from (
            part["text"] for part in [*([block["text"]] if "text" in block else []), *block.get("elements", [])]
        )


def test_a_busy_day_keeps_slacks_limit_and_says_so(world, digest, topic):
    """A hundred disputes fill fifty blocks at most, and the reader is told how many did not fit."""
    many = tuple(world["finding"](f"fnd_{n}", FindingKind.DISPUTE) for n in range(100))
    message = render(replace(digest, findings=many), topic).slack
    shown = sum(f"volteface why fnd_{n}`" in text for n in range(100) for text in texts(message))
    assert len(message["blocks"]) <= 50
    assert shown > 10
    assert any(f"{100 - shown} more findings did not fit" in text for text in texts(message))
    assert any("Kesh Radio" in text for text in texts(message))


def test_a_shift_has_both_sentences_with_links(world, digest, topic):
    """A phone shows what changed, both sentences, whose they are and where to read them."""
    message = render(replace(digest, findings=(world["shift"](),)), topic).slack
    shown = "\n".join(texts(message))
    assert "*Vardania: denies → neutral (concession)*" in shown
    assert "> “Not a drop has been held back,” the water minister said." in shown
    assert "<https://ledger.example/osk?id=7&amp;p=1|read it>" in shown
    assert "<https://wire.example/2024/10/24/voss|read it>" in shown
    assert message["text"].startswith("Vardania no longer denies")


def test_the_longest_evidence_keeps_a_sections_limit(world, digest, topic):
    """Evidence of any length and of nothing but escapes stays within 3,000 characters a section."""
    long = world["evidence"]("&" * 500, "<&>" * 2000, None, "&" * 500, "https://a.example/?" + "&" * 1500)
    message = render(replace(digest, findings=(world["shift"](before=(long,), after=(long,)),)), topic).slack
    assert max(len(text) for text in texts(message)) <= 3000
    assert "volteface why fnd_shift" in "\n".join(texts(message))


def test_nothing_new_is_a_short_message(digest, topic):
    """An empty digest is its one line and what could not be seen."""
    message = render(replace(digest, findings=(), notices=(), unseen=()), topic).slack
    assert [block["type"] for block in message["blocks"]] == ["header", "context", "context"]
