"""Digests by mail, over SMTP (RFC 5321).

The standard library's `sendmail` cannot tell a connection lost before the message from one lost after it; here the
phases are apart, since only the last one may have delivered it:

    connect, greet, STARTTLS, log in, MAIL, RCPT, DATA   lost or refused: not sent
    the message, up to its final dot                     lost: not sent (without the dot it is void, RFC 5321 4.1.1.4)
    the server's reply                                   lost: unknown
"""

from __future__ import annotations

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

from alerts.channels.host import is_this_machine
from alerts.channels.protocol import Outgoing
from alerts.plain import clean, clip, is_mailbox
from news.errors import ConfigurationError, TransportError

_READY_FOR_DATA = 354
_TAKEN = (250, 251, 252)
_LINE_END = re.compile(rb"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """A mail server and how to speak to it.

    `starttls` asks for encryption and takes no for an answer only as a failure; `tls` speaks TLS from the first byte
    (port 465). `ca_file` is trusted besides the system's authorities. `hello` is the name we greet with (default:
    this machine's). `timeout_s` bounds each single wait.
    """

    host: str
    port: int = 587
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    starttls: bool = True
    tls: bool = False
    ca_file: Path | None = None
    hello: str | None = None
    timeout_s: float = 30.0

    @property
    def name(self) -> str:
        """The server as messages name it."""
        return f"the mail server {clean(self.host)}:{self.port}"


class SmtpChannel:
    """Sends each message to its one address.

    Raises ConfigurationError for settings that would send a password in clear text over a network.
    """

    def __init__(self, server: SmtpServer) -> None:
        in_clear = not (server.starttls or server.tls)
        if server.password and in_clear and not is_this_machine(server.host):
            raise ConfigurationError(
                f"the password for {server.name} would cross the network unencrypted", "turn STARTTLS or TLS on"
            )
        self._wanted = server

    def send(self, message: Outgoing) -> None:
        """Returns once the server has taken the message (250 to its final dot); raises TransportError."""
        if not is_mailbox(message.address):
            raise TransportError(
                f"{clip(clean(message.address), 80)!r} is no mail address",
                "give the subscriber one like name@host, then `volteface deliveries resend`",
                permanent=True,
            )
        server = self._connect()
        try:
            self._open(server, message)
            self._hand_over(server, message)
        finally:
            # The message is settled; a server that is gone before the QUIT changes nothing about it.
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
            server.close()

    def _connect(self) -> smtplib.SMTP:
        wanted = self._wanted
        try:
            if wanted.tls:
                return smtplib.SMTP_SSL(
                    wanted.host, wanted.port, wanted.hello, timeout=wanted.timeout_s, context=self._context()
                )
            return smtplib.SMTP(wanted.host, wanted.port, wanted.hello, timeout=wanted.timeout_s)
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise self._not_sent(error, "could not be reached") from error

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self._wanted.ca_file is not None:
            context.load_verify_locations(self._wanted.ca_file)
        return context

    def _open(self, server: smtplib.SMTP, message: Outgoing) -> None:
        """Everything up to the server's leave to send the message."""
        wanted = self._wanted
        try:
            if wanted.starttls and not wanted.tls:
                server.starttls(context=self._context())
            server.ehlo_or_helo_if_needed()
            if wanted.user and wanted.password is not None:
                server.login(wanted.user, wanted.password)
            options = ["SMTPUTF8", "BODY=8BITMIME"] if not message.address.isascii() else []
            if options and not server.has_extn("smtputf8"):
                raise smtplib.SMTPNotSupportedError("it takes only ASCII addresses")
            sender = _sender(message.mail)
            self._expect(server.mail(sender, options), _TAKEN, f"refused our sender address {clean(sender)}")
            self._expect(server.rcpt(message.address), _TAKEN, f"refused the address {clean(message.address)}")
            self._expect(server.docmd("DATA"), (_READY_FOR_DATA,), "refused to take a message")
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise self._not_sent(error, "did not take the message") from error

    def _hand_over(self, server: smtplib.SMTP, message: Outgoing) -> None:
        try:
            server.send(_dotted(message.mail))
        except (smtplib.SMTPException, OSError) as error:
            raise self._not_sent(error, "went away before the whole message was sent") from error
        try:
            reply = server.getreply()
        except (smtplib.SMTPException, OSError) as error:
            raise self._unseen() from error
        if reply[0] < 200:  # noqa: PLR2004  # no reply code of RFC 5321: whoever sent it, we did not see the end
            raise self._unseen()
        self._expect(reply, _TAKEN, "refused the message")

    def _expect(self, reply: tuple[int, bytes], wanted: tuple[int, ...], refusal: str) -> None:
        code, said = reply
        if code not in wanted:
            raise TransportError(
                f"{self._wanted.name} {refusal} ({code} {_spoken(said)})", _mend(code), permanent=_is_final(code)
            )

    def _not_sent(self, error: Exception, what: str) -> TransportError:
        code = error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0
        # A certificate that fails is a ValueError too, and an OSError: it may be mended at the other end.
        malformed = isinstance(error, ValueError) and not isinstance(error, OSError)
        permanent = _is_final(code) or malformed or isinstance(error, smtplib.SMTPNotSupportedError)
        if isinstance(error, smtplib.SMTPAuthenticationError):
            what = "refused our user name or password"
        # A server may repeat what it was sent; the reply to a login is the one place where that is the password.
        elif isinstance(error, smtplib.SMTPResponseException):
            what = f"{what} ({code} {_spoken(error.smtp_error)})"
        else:
            what = f"{what} ({clip(clean(str(error)) or type(error).__name__, 200)})"
        mend = _mend(code) if code or permanent else "check its host, port and encryption in the settings"
        return TransportError(f"{self._wanted.name} {what}", mend, permanent=permanent)

    def _unseen(self) -> TransportError:
        return TransportError(
            f"{self._wanted.name} was lost after the message and before its answer",
            "look whether it arrived; `volteface deliveries resend` sends it again",
            unknown=True,
        )


def _dotted(mail: bytes) -> bytes:
    """The message as DATA wants it: CRLF only (no smuggled second message), leading dots doubled, a final dot."""
    body = _LINE_END.sub(b"\r\n", mail)
    body = body if body.endswith(b"\r\n") else body + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", body) + b".\r\n"


def _sender(mail: bytes) -> str:
    """The address the message says it is from: the envelope's sender, who hears of a bounce."""
    addresses = message_from_bytes(mail, policy=SMTP)["From"].addresses
    return str(addresses[0].addr_spec)


def _is_final(code: int) -> bool:
    return 500 <= code <= 599  # noqa: PLR2004  # permanent negative completion, RFC 5321 4.2.1


def _mend(code: int) -> str:
    if _is_final(code) or not code:
        return "check sender, address, user, password and encryption, then `volteface deliveries resend`"
    return "it will be tried again"


def _spoken(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return clip(clean(text), 200)
