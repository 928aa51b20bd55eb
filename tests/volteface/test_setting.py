"""What the environment may say, and what is made of it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.setting import PROJECT, MailServer, read_settings
from news.errors import ConfigurationError


def mail(address):
    """The mail server that an address stands for."""
    return read_settings({"VOLTEFACE_SMTP": address}).mail


def test_an_empty_environment_gives_the_defaults():
    """Nothing set: data and out of the project, a minute's wait, no mail server."""
    settings = read_settings({})
    assert (settings.data, settings.out) == (PROJECT / "data", PROJECT / "out")
    assert (settings.wait_s, settings.mail, settings.contact) == (60.0, None, None)


def test_what_is_set_counts():
    """Folders, wait, contact and sender are taken as they are given."""
    settings = read_settings(
        {
            "VOLTEFACE_DATA": "/a",
            "VOLTEFACE_OUT": "b",
            "VOLTEFACE_WAIT_S": "0.5",
            "VOLTEFACE_CONTACT": "desk@desk.example",
            "VOLTEFACE_SENDER": "robot@desk.example",
        }
    )
    assert (settings.data, settings.out, settings.wait_s) == (Path("/a"), Path("b"), 0.5)
    assert "desk@desk.example" in settings.user_agent
    assert settings.sender == "robot@desk.example"


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("smtp://mail.example", MailServer("mail.example", 587)),
        ("smtp://mail.example:25?starttls=no", MailServer("mail.example", 25, starttls=False)),
        ("smtps://mail.example", MailServer("mail.example", 465, starttls=False, tls=True)),
        ("smtp://desk%40a.example:p%3Aw%2Fd@mail.example", MailServer("mail.example", 587, "desk@a.example", "p:w/d")),
        ("smtp://[::1]:2525?starttls=false", MailServer("::1", 2525, starttls=False)),
        ("", None),
    ],
)
def test_mail_servers_are_read(address, server):
    """Scheme, port, user, password with its escapes, and the leave to go without encryption."""
    assert mail(address) == server


@pytest.mark.parametrize(
    "address",
    ["mail.example", "http://mail.example", "smtp://", "smtp://host:0x19", "smtp://host:99999", "smtp://[::1", "smtp:"],
)
def test_a_wrong_mail_server_is_refused(address):
    """An address that is none names the variable, and shows nothing of what may be a password."""
    with pytest.raises(ConfigurationError, match="VOLTEFACE_SMTP") as error:
        mail(address)
    assert not address or address not in str(error.value).replace("smtp://user:password@host:port", "")


@given(st.text(max_size=60))
def test_any_text_is_a_mail_server_or_refused(text):
    """No value of a variable makes a traceback, and no port is one that cannot be."""
    for given_text in (text, f"smtp://{text}", f"smtps://{text}@host"):
        try:
            server = mail(given_text)
        except ConfigurationError:
            continue
        assert server is None or (server.host and 0 < server.port < 65_536)


@given(st.text(max_size=20) | st.floats().map(str))
def test_any_text_is_a_wait_or_refused(text):
    """A wait is a number of seconds up to a day, or refused with the variable's name."""
    try:
        wait = read_settings({"VOLTEFACE_WAIT_S": text}).wait_s
    except ConfigurationError as error:
        wait = 0
        named = str(error)
    else:
        named = "VOLTEFACE_WAIT_S"
    assert 0 <= wait <= 86_400
    assert "VOLTEFACE_WAIT_S" in named


@pytest.mark.parametrize(
    ("given_text", "hours"), [("1d 6h", [6, 24]), ("2w,90m", [1.5, 336]), ("", []), ("3650d", [87_600])]
)
def test_the_visits_to_known_pages_can_be_set(given_text, hours):
    """Delays are read in any order, for all pages and for those that digests told of."""
    for name, kind in (("VOLTEFACE_REVISITS", "plain"), ("VOLTEFACE_REVISITS_CITED", "cited")):
        revisits = read_settings({name: given_text}).revisits
        assert [one.total_seconds() / 3600 for one in getattr(revisits, kind)] == hours


@pytest.mark.parametrize("given_text", ["soon", "1d 0h", "-1d", "1", "3651d", "1d;2d"])
def test_a_wrong_delay_is_refused(given_text):
    """What is no delay is named with its variable."""
    with pytest.raises(ConfigurationError, match="VOLTEFACE_REVISITS_CITED"):
        read_settings({"VOLTEFACE_REVISITS_CITED": given_text})


def test_a_password_is_never_shown():
    """Neither the settings nor the server show a password or another secret when printed."""
    settings = read_settings({"VOLTEFACE_SMTP": "smtp://desk:hush@mail.example", "SLACK": "hush"})
    assert "hush" not in repr(settings)
