"""Which channel a subscriber gets, with the address and the secrets that the environment holds."""

from __future__ import annotations

from pathlib import Path

from alerts.channels.file import FileChannel
from alerts.channels.protocol import Channel
from alerts.channels.slack import SlackChannel
from alerts.channels.smtp import SmtpChannel, SmtpServer
from flows.setting import Settings
from news.errors import ConfigurationError
from news.topic import Subscriber


def address_of(subscriber: Subscriber, settings: Settings) -> str:
    """The subscriber's address: the topic's own, else what the named environment variable holds.

    Raises:
        ConfigurationError: the variable is not set.
    """
    if subscriber.address is not None:
        return subscriber.address
    name = subscriber.address_env or ""
    if not settings.environment.get(name):
        raise ConfigurationError(
            f"subscriber {subscriber.id}: the environment variable {name} is not set", "set it to the address"
        )
    return settings.environment[name]


def open_channel(subscriber: Subscriber, settings: Settings) -> Channel:
    """The channel that reaches a subscriber.

    Raises:
        ConfigurationError: mail without a mail server.
    """
    if subscriber.channel == "file":
        return FileChannel(Path(address_of(subscriber, settings)))
    if subscriber.channel == "slack":
        return SlackChannel()
    if settings.mail is None:
        raise ConfigurationError(
            f"subscriber {subscriber.id} is to get mail, but no mail server is set",
            "set VOLTEFACE_SMTP to smtp://user:password@host:port",
        )
    mail = settings.mail
    server = SmtpServer(
        mail.host, mail.port, user=mail.user, password=mail.password, starttls=mail.starttls, tls=mail.tls
    )
    return SmtpChannel(server)
