"""Digests by mail: a real server, and servers that go away at every moment they can."""

import ipaddress
import socket
import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from alerts.channels.smtp import SmtpChannel, SmtpServer
from news.errors import ConfigurationError, TransportError

SECRET = "tr0ub4dor-and-3"  # noqa: S105  # of a server that lives for one test


class Inbox:
    """Keeps what it is given, unless told what to answer instead."""

    def __init__(self):
        self.mails = []
        self.answers = {}

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802  # aiosmtpd's name
        """Answers MAIL."""
        envelope.mail_from = address
        return self.answers.get("MAIL", "250 ok")

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  # aiosmtpd's name
        """Answers RCPT."""
        envelope.rcpt_tos.append(address)
        return self.answers.get("RCPT", "250 ok")

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  # aiosmtpd's name
        """Answers the final dot."""
        self.mails.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return self.answers.get("DATA", "250 taken")


@pytest.fixture
def inbox():
    return Inbox()


@pytest.fixture
def mail_server(inbox):
    """Starts a real server; gives how to reach it."""
    started = []

    def start(**options):
        with socket.create_server(("127.0.0.1", 0)) as free:  # aiosmtpd cannot choose a port by itself
            port = free.getsockname()[1]
        controller = Controller(inbox, hostname="127.0.0.1", port=port, **options)
        controller.start()
        started.append(controller)
        return SmtpServer(
            "127.0.0.1",
            port,
            starttls=False,
            hello="localhost",
            timeout_s=5,
        )

    yield start
    for controller in started:
        controller.stop()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A certificate for 127.0.0.1 that no one else trusts: the server's context, and the file to trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Osk test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("tls")
    trusted, secret = folder / "cert.pem", folder / "key.pem"
    trusted.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(trusted, secret)
    return context, trusted


def failure(server, outgoing):
    with pytest.raises(TransportError) as caught:
        SmtpChannel(server).send(outgoing)
    return caught.value


def test_a_digest_arrives_whole(mail_server, inbox, outgoing):
    """The server gets the message as composed, from our address to the subscriber's."""
    SmtpChannel(mail_server()).send(outgoing)
    [(sender, recipients, content)] = inbox.mails
    assert (sender, recipients) == ("volteface@paper.example", ["desk@paper.example"])
    mail = message_from_bytes(content, policy=default)
    assert mail["Message-ID"] == "<dlv_1@osk.volteface>"
    assert mail["Date"].datetime.isoformat() == outgoing.json["until"]
    assert mail["Subject"] == outgoing.subject
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Id"] == "<osk.volteface.paper.example>"


def test_dots_and_line_ends_cannot_end_the_message_early(mail_server, inbox, outgoing):
    """A line of one dot, with any line end around it, is text of the message and no second command."""
    mail = outgoing.mail + b"\n.\nMAIL FROM:<x@y.example>\r\n.\r\n.hidden\r.\r"
    SmtpChannel(mail_server()).send(replace(outgoing, mail=mail))
    [(_, _, content)] = inbox.mails
    assert content.endswith(b"\r\n.\r\nMAIL FROM:<x@y.example>\r\n.\r\n.hidden\r\n.\r\n")


@pytest.mark.parametrize("phase", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("code", [451, 554])
def test_a_refusal_is_for_good_or_for_now(mail_server, inbox, outgoing, phase, code):
    """A 5xx is final, a 4xx is tried again, whatever the phase; the server's words are in the message."""
    inbox.answers[phase] = f"{code} not \x1b[31mtoday"
    error = failure(mail_server(), outgoing)
    assert (error.permanent, error.unknown) == (code >= 500, False)
    assert f"{code} not [31mtoday" in str(error)
    assert error.mend


def test_a_server_that_is_not_there_is_tried_again(outgoing, scripted):
    """Nothing listens: named with host and port, not sent, to be tried again."""
    error = failure(SmtpServer("127.0.0.1", 1, starttls=False), outgoing)
    assert (error.permanent, error.unknown) == (False, False)
    assert "127.0.0.1:1" in str(error)


def test_the_channel_encrypts_and_logs_in(mail_server, inbox, outgoing, certificate):
    """With STARTTLS and a trusted certificate, the password goes over the encrypted line only."""
    context, trusted = certificate
    said = []

    def judge(server, session, envelope, mechanism, given):
        said.append((given.login, given.password, session.ssl is not None))
        return AuthResult(success=given.password == SECRET.encode(), handled=False)

    server = mail_server(tls_context=context, require_starttls=True, auth_required=True, authenticator=judge)
    server = replace(server, starttls=True, ca_file=trusted, user="desk", password=SECRET)
    SmtpChannel(server).send(outgoing)
    assert said == [(b"desk", SECRET.encode(), True)]
    assert len(inbox.mails) == 1
    error = failure(replace(server, password="wrong-" + SECRET), outgoing)
    assert error.permanent
    assert SECRET not in str(error)
    assert SECRET not in repr(server)


def test_a_certificate_nobody_vouches_for_gets_nothing(mail_server, inbox, outgoing, certificate):
    """An untrusted server is sent neither password nor digest."""
    server = mail_server(tls_context=certificate[0])
    error = failure(replace(server, starttls=True, user="desk", password=SECRET), outgoing)
    assert (error.permanent, error.unknown, inbox.mails) == (False, False, [])
    assert "certificate" in str(error)


def test_a_server_without_starttls_gets_nothing(mail_server, inbox, outgoing):
    """Encryption asked for and not offered is a failure, not a reason to go on without."""
    error = failure(replace(mail_server(), starttls=True), outgoing)
    assert error.permanent
    assert inbox.mails == []


def test_a_password_never_crosses_a_network_in_clear():
    """Settings that would send it unencrypted are refused before anything is done."""
    with pytest.raises(ConfigurationError, match="unencrypted"):
        SmtpChannel(SmtpServer("mail.example", user="desk", password=SECRET, starttls=False))


def test_an_address_cannot_carry_a_command(mail_server, inbox, outgoing):
    """A line end in an address is refused here, for good."""
    error = failure(mail_server(), replace(outgoing, address="a@b.example>\r\nRCPT TO:<c@d.example"))
    assert error.permanent
    assert inbox.mails == []


def talk(*, leave_at, last=b""):
    """A server that goes away when it is told `leave_at`, saying `last` first."""

    def act(connection):
        with connection.makefile("rwb") as stream:

            def say(line):
                stream.write(line + b"\r\n")
                stream.flush()

            if leave_at == b"greeting":
                return
            say(b"220 here")
            in_data = False
            for line in stream:
                word = b"." if in_data and line == b".\r\n" else line[:4].upper().strip()
                if in_data and word != b".":
                    continue
                if word == leave_at:
                    stream.write(last)
                    return
                in_data = word == b"DATA"
                say({b"DATA": b"354 go on", b"QUIT": b"221 bye"}.get(word, b"250 ok"))

    return act


@pytest.mark.parametrize("moment", [b"greeting", b"EHLO", b"MAIL", b"RCPT", b"DATA"])
def test_lost_before_the_message_is_not_sent(scripted, outgoing, moment):
    """A connection lost at any moment before the message leaves it unsent, to be tried again."""
    port, _ = scripted(talk(leave_at=moment))
    error = failure(SmtpServer("127.0.0.1", port, starttls=False, hello="localhost", timeout_s=5), outgoing)
    assert (error.permanent, error.unknown) == (False, False)


@pytest.mark.parametrize("last", [b"", b"2", b"nonsense\r\n"])
def test_lost_after_the_message_is_unknown(scripted, outgoing, last):
    """A connection lost after the final dot may have delivered: it must not go again unasked."""
    port, calls = scripted(talk(leave_at=b".", last=last))
    error = failure(SmtpServer("127.0.0.1", port, starttls=False, hello="localhost", timeout_s=5), outgoing)
    assert error.unknown
    assert len(calls) == 1


def test_silence_after_the_message_is_unknown(scripted, outgoing):
    """A server that never answers the final dot is waited for, then the end is unknown."""

    def silent(connection):
        stream = connection.makefile("rwb")
        for answer in (b"220 here", b"250 ok", b"250 ok", b"250 ok", b"354 go on"):
            stream.write(answer + b"\r\n")
            stream.flush()
            if answer != b"354 go on":
                stream.readline()
        while connection.recv(65536):
            pass

    port, _ = scripted(silent)
    error = failure(SmtpServer("127.0.0.1", port, starttls=False, hello="localhost", timeout_s=0.5), outgoing)
    assert error.unknown


def test_lost_after_the_answer_is_sent(scripted, outgoing):
    """Once the server has said 250, the message is sent, even if it then hangs up on our QUIT."""
    port, _ = scripted(talk(leave_at=b"QUIT"))
    SmtpChannel(SmtpServer("127.0.0.1", port, starttls=False, hello="localhost", timeout_s=5)).send(outgoing)
