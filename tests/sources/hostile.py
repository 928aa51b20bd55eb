"""A server of raw sockets that does everything wrong, and a listener that nothing may ever reach."""

import contextlib
import gzip
import re
import socket
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta

import brotli
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ENDLESS_S = 30  # by then every client must have gone
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


class RawServer:
    """Answers every connection with `act(connection)`, in a thread of its own; counts them."""

    def __init__(self, act=lambda _: None, context=None, *, host="127.0.0.1", port=0):
        self.reached = 0
        self._act, self._context = act, context
        self._socket = socket.create_server((host, port))
        self.port = self._socket.getsockname()[1]
        self.address = f"{host}:{self.port}"
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self):
        """Takes no more connections."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)  # else the one that waits in `accept` is still taken
        self._socket.close()

    def _serve(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                self.reached += 1
                threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection):
        with contextlib.suppress(OSError, ssl.SSLError), connection:
            if self._context is not None:
                connection = self._context.wrap_socket(connection, server_side=True)
            self._act(connection)


def read_head(connection):
    """The head of a request, as text."""
    head = b""
    while b"\r\n\r\n" not in head and (part := connection.recv(65_536)):
        head += part
    return head.decode("latin-1")


def send(*parts):
    """Sends the parts and closes."""

    def act(connection):
        for part in parts:
            connection.sendall(part)

    return act


def drip(first, piece, pause_s=0.1):
    """Sends the first part, then a piece again and again, slowly, for as long as the client stays."""

    def act(connection):
        connection.sendall(first)
        until = time.monotonic() + ENDLESS_S
        while time.monotonic() < until:
            connection.sendall(piece)
            time.sleep(pause_s)

    return act


def flood(first, piece):
    """As `drip`, without a pause."""
    return drip(first, piece, 0)


def silence(connection):
    """Takes the request and never answers."""
    with contextlib.suppress(OSError):
        connection.settimeout(ENDLESS_S)
        connection.recv(1)


def packed(coding, body):
    """A whole answer with a packed body."""
    return send(OK, f"Content-Encoding: {coding}\r\nContent-Length: {len(body)}\r\n\r\n".encode(), body)


def redirect(target):
    """Sends elsewhere."""
    return send(f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode())


ZEROS = bytes(60_000_000)
GZIP_BOMB = gzip.compress(ZEROS, 9, mtime=0)
BROTLI_BOMB = brotli.compress(ZEROS, quality=5)
GZIP_IN_GZIP = gzip.compress(GZIP_BOMB, mtime=0)


REFUSED = re.compile("not a public address|no web address|no host of that name")


def bad_answers(forbidden):
    """By name: what the server does, and words (or a pattern) that the record of it must have."""
    inside = {
        f"to {name}": (redirect(f"http://{spelling}:{forbidden}/"), REFUSED) for name, spelling in SPELLINGS.items()
    }
    return inside | {
        "slow headers": (drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"), "not read to its end in"),
        "no answer": (silence, "did not answer in time"),
        "slow body": (drip(OK + b"Content-Length: 100000\r\n\r\n", b"x"), "not read to its end in"),
        "slow chunks": (drip(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"), "not read to its end in"),
        "endless body": (flood(OK + b"\r\n", b"x" * 65_536), "larger than 0.5 MB on the wire"),
        "endless headers": (flood(b"HTTP/1.1 200 OK\r\n", b"X-Abc: " + b"d" * 9_000 + b"\r\n"), "broke off"),
        "endless status line": (flood(b"HTTP/1.1 200 ", b"O" * 9_000), "broke off"),
        "gzip bomb": (packed("gzip", GZIP_BOMB), "larger than 2 MB unpacked"),
        "brotli bomb": (packed("br", BROTLI_BOMB), "larger than 2 MB unpacked"),
        "two codings": (packed("gzip, gzip", GZIP_IN_GZIP), "was not asked for"),
        "no gzip": (packed("gzip", b"hello"), "broken gzip"),
        "shorter than it says": (send(OK, b"Content-Length: 500\r\n\r\n", b"<p>short"), "broke off"),
        "a length of -1": (send(OK, b"Content-Length: -1\r\n\r\n", b"<p>x"), "broke off"),
        "two lengths": (send(OK, b"Content-Length: 3\r\nContent-Length: 30\r\n\r\n", b"<p>"), "broke off"),
        "too long a length": (send(OK, b"Content-Length: 99999999999\r\n\r\n", b"<p>"), "larger than 0.5 MB"),
        "broken chunks": (send(OK, b"Transfer-Encoding: chunked\r\n\r\nzz\r\n<p>"), "broke off"),
        "no HTTP": (send(b"220 smtp.example ready\r\n"), "broke off"),
        "nothing": (send(), "broke off"),
        "a null byte in a header": (send(OK, b"X-A: a\x00b\r\n\r\n<p>x"), "broke off"),
        "redirect to itself": (redirect("/"), "redirects more than"),
        "redirect to a file": (redirect("file:///etc/passwd"), "not an http or https address"),
        "redirect to data": (redirect("data:text/html,hello"), "not an http or https address"),
        "redirect to a script": (redirect("javascript:alert(1)"), "not an http or https address"),
        "redirect to gopher": (redirect("gopher://x.test/"), "not an http or https address"),
        "redirect with a user": (redirect("http://ann:secret@x.test/"), "carries a user name"),
        "redirect to nowhere": (redirect(""), "redirects to nowhere"),
        "redirect to rubbish": (redirect("http://[::1"), "no (web )?address"),
        "an error for good": (send(b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno"), "answered 404"),
        "binary": (send(OK, b"Content-Length: 5\r\n\r\n", b"<p>\x00\x01"), "is binary"),
        "empty": (send(OK, b"Content-Length: 0\r\n\r\n"), "is empty"),
    }


SPELLINGS = {
    "loopback": "127.0.0.1",
    "a short spelling": "127.1",
    "one number": "2130706433",
    "a hexadecimal number": "0x7f000001",
    "octal parts": "0177.0.0.1",
    "nothing but zeros": "0",
    "IPv6 loopback": "[::1]",
    "IPv4 in IPv6": "[::ffff:127.0.0.1]",
    "IPv4 in IPv6 in hexadecimal": "[::ffff:7f00:1]",
    "NAT64": "[64:ff9b::7f00:1]",
    "6to4": "[2002:7f00:1::]",
    "cloud metadata": "169.254.169.254",
    "a private network": "10.0.0.1",
    "its name": "localhost",
    "its name with a dot": "localhost.",
    "its name in capitals": "LOCALHOST",
    "full-width digits": "\uff11\uff12\uff17.0.0.1",
    "multicast": "224.0.0.1",
}
"""Ways to write an address that no page of the internet lives at."""


def certificate(folder, name, *, days=30, issuer=None):
    """A certificate and its key for a host name; signed by `issuer` (a pair this gave), else by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    signer, by = (key, subject) if issuer is None else (issuer[1], issuer[0].subject)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=60))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .sign(signer, hashes.SHA256())
    )
    path = folder / f"{name}-{days}.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return made, key, path


def tls(path, *, alpn=()):
    """A server's side of TLS with that certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    if alpn:
        context.set_alpn_protocols(list(alpn))
    return context
