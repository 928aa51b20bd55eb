"""A rendered digest as a mail of RFC 5322: plain text and HTML, and headers no outside text can reach into."""

from __future__ import annotations

import re
from email.headerregistry import Address, Group
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from alerts.plain import clean, clip, is_mailbox
from alerts.render import Rendered
from news.digest import Digest
from news.errors import ConfigurationError
from news.topic import Subscriber

_MESSAGE_ID = re.compile(r"<[A-Za-z0-9._+-]+@[A-Za-z0-9._-]+>")
_UNFIT = re.compile(r"[^a-z0-9-]+")


def compose_mail(rendered: Rendered, digest: Digest, subscriber: Subscriber, sender: str, message_id: str) -> bytes:
    """The whole message, lines ended by CRLF; the same digest gives the same bytes.

    `sender` is an address, with or without a name; `message_id` is in angle brackets and stays the same when the
    message goes again. `Date` is the digest's end. A subscriber who gets no mail is named without an address.
    Raises ConfigurationError for an address that is none.
    """
    mail = EmailMessage(policy=SMTP)
    name, address = parseaddr(sender)
    mail["From"] = _address(name or "Volteface", address, "the sender")
    mail["To"] = _recipient(subscriber)
    mail["Subject"] = clip(clean(rendered.subject), 200)
    mail["Date"] = format_datetime(digest.until)
    mail["Message-ID"] = _checked(message_id)
    mail["List-Id"] = _list_id(digest, address)
    # RFC 3834: no out-of-office reply should come back.
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(rendered.text, cte="quoted-printable")
    mail.add_alternative(rendered.html, subtype="html", cte="quoted-printable")
    # The library's own boundary is random; "=_" cannot stand in quoted-printable text, so this one is safe as well.
    mail.set_boundary(f"=_{_UNFIT.sub('-', digest.digest_id.lower())[:60]}_=")
    # Wide enough for any header here: folded at 78, a long subject would leave its first line empty.
    return mail.as_bytes(policy=SMTP.clone(max_line_length=900))


def _recipient(subscriber: Subscriber) -> Address | Group:
    if subscriber.channel != "email" or subscriber.address is None:
        return Group(clip(clean(subscriber.name), 80) or "subscriber")
    return _address(subscriber.name, subscriber.address, f"subscriber {clean(subscriber.id)}")


def _address(name: str, address: str, whose: str) -> Address:
    if not is_mailbox(address):
        raise ConfigurationError(
            f"{whose} has no usable mail address ({clip(clean(address), 80)!r})", "give it one like name@host"
        )
    username, _, domain = address.partition("@")
    return Address(clip(clean(name), 80), username, domain)


def _checked(message_id: str) -> str:
    if _MESSAGE_ID.fullmatch(message_id) is None:
        raise ConfigurationError(
            f"{clip(clean(message_id), 80)!r} is no Message-ID", "use letters, digits, dots and dashes in topic ids"
        )
    return message_id


def _list_id(digest: Digest, sender: str) -> str:
    """One list a topic (RFC 2919), so a reader can file its digests by rule."""
    host = _UNFIT.sub("-", sender.rpartition("@")[2].lower().replace(".", "--")).replace("--", ".")
    topic = _UNFIT.sub("-", digest.topic_id.lower()).strip("-") or "topic"
    return f"<{topic}.volteface.{host.strip('.-') or 'localhost'}>"
