"""What every channel takes and promises."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message on its way, in every form: a channel takes the one it needs.

    `address` is a mail address, a folder, or a webhook; the last is a secret, so it never shows in a repr. `mail` is
    the whole message of RFC 5322; `json` has the digest's id, span and findings.
    """

    delivery_id: str
    message_id: str
    address: str = field(repr=False)
    subject: str
    mail: bytes = field(repr=False)
    html: str = field(repr=False)
    text: str = field(repr=False)
    slack: dict[str, Any] = field(repr=False)
    json: dict[str, Any] = field(repr=False)


class Channel(Protocol):
    """A way to a subscriber."""

    def send(self, message: Outgoing) -> None:
        """Returns once the other side has accepted the message.

        Raises TransportError: `permanent` when trying again cannot help, `unknown` when the other side may have
        accepted it; neither: it was not sent, and may be tried again.
        """
