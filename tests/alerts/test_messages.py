"""A digest as a mail."""

from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest

from alerts.messages import compose_mail
from alerts.render import render
from news.errors import ConfigurationError
from news.topic import Subscriber


def test_the_same_digest_is_the_same_mail(digest, topic, subscriber):
    """A message sent again has the same bytes, and the Message-ID it was given."""
    rendered = render(digest, topic)
    mails = {compose_mail(rendered, digest, subscriber, "v@paper.example", "<dlv_1@osk.volteface>") for _ in range(3)}
    assert len(mails) == 1
    assert message_from_bytes(mails.pop(), policy=default)["Message-ID"] == "<dlv_1@osk.volteface>"


def test_the_plain_text_comes_first(digest, topic, subscriber):
    """Mail programs show the last form they can: HTML after text, both whole."""
    rendered = render(digest, topic)
    mail = message_from_bytes(
        compose_mail(rendered, digest, subscriber, "Osk <v@paper.example>", "<a@b>"), policy=default
    )
    text, html = mail.iter_parts()
    assert text.get_content().splitlines() == rendered.text.splitlines()
    assert html.get_content().splitlines() == rendered.html.splitlines()
    assert str(mail["From"]) == "Osk <v@paper.example>"


def test_who_gets_a_file_needs_no_mail_address(digest, topic):
    """The .eml of a file subscriber names them without an address, and says nothing of the folder."""
    reader = Subscriber("files", "Reading Room", "file", "/srv/out")
    mail = compose_mail(render(digest, topic), digest, reader, "v@localhost", "<a@b>")
    assert message_from_bytes(mail, policy=default)["To"] == "Reading Room:;"
    assert b"/srv" not in mail


@pytest.mark.parametrize(
    ("sender", "message_id"), [("nobody", "<a@b>"), ("v@p.example", "a@b"), ("v@p.example", "<a@b>\n")]
)
def test_a_bad_sender_or_message_id_is_named(digest, topic, subscriber, sender, message_id):
    """Settings that make no mail are a configuration error with its mend."""
    with pytest.raises(ConfigurationError) as caught:
        compose_mail(render(digest, topic), digest, subscriber, sender, message_id)
    assert caught.value.mend


def test_a_long_subject_is_cut_at_a_word(world, digest, topic, subscriber):
    """An inbox line stays short and whole, and still says how much more there is."""
    long = world["shift"](holder="Ilan " * 60, finding_id="fnd_long", proposition="osk " * 40)
    rendered = render(replace(digest, findings=(long, world["shift"]())), topic)
    assert len(rendered.subject) <= 140
    assert rendered.subject.endswith("… (+1)")
