"""Digests to a Slack-compatible webhook: a real server on this machine."""

import json
import logging
import threading
import traceback
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from alerts.channels.slack import SlackChannel
from news.errors import TransportError

SECRET = "/services/T000/B000/XXXXsecretXXXX"  # noqa: S105  # of a server that lives for one test


@pytest.fixture
def hook():
    """A webhook that keeps what it is given and answers as told."""

    class Hook(BaseHTTPRequestHandler):
        def answer(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.server.posts.append((self.command, self.path, body))
            status, headers, text = self.server.answer
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_POST = do_GET = answer  # noqa: N815  # the standard library's names

        def log_message(self, *_):
            """Keeps quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    server.posts = []
    server.answer = (200, {}, b"ok")
    server.address = f"http://127.0.0.1:{server.server_port}{SECRET}"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def failure(address, outgoing, **options):
    with pytest.raises(TransportError) as caught:
        SlackChannel(**options).send(replace(outgoing, address=address))
    return caught.value


def test_a_digest_is_posted_once_as_blocks(hook, outgoing):
    """The webhook gets the digest as JSON with blocks and a text for notifications."""
    SlackChannel().send(replace(outgoing, address=hook.address))
    [(method, path, body)] = hook.posts
    assert (method, path) == ("POST", SECRET)
    assert json.loads(body) == outgoing.slack


@pytest.mark.parametrize(
    ("status", "permanent", "unknown"),
    [
        (400, True, False),
        (403, True, False),
        (404, True, False),
        (410, True, False),
        (429, False, False),
        (500, False, False),
        (503, False, False),
        (504, False, True),
    ],
)
def test_an_answer_says_whether_to_try_again(hook, outgoing, status, permanent, unknown):
    """4xx is final; 429 and 5xx are tried again; a gateway that did not see the end leaves it unknown."""
    hook.answer = (status, {}, b"no_\x1b[31mservice")
    error = failure(hook.address, outgoing)
    assert (error.permanent, error.unknown) == (permanent, unknown)
    assert str(status) in str(error)
    assert "\x1b" not in str(error)
    assert len(hook.posts) == 1


@pytest.mark.parametrize(("wish", "seconds"), [("120", 120.0), ("soon", None), ("-5", None), ("9" * 400, None)])
def test_a_server_that_asks_for_time_is_heard(hook, outgoing, wish, seconds):
    """Retry-After in seconds is passed on; anything else is no wish."""
    hook.answer = (429, {"Retry-After": wish}, b"")
    assert failure(hook.address, outgoing).retry_after_s == seconds


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(hook, outgoing, status):
    """A page elsewhere that answers 200 is no delivery."""
    hook.answer = (status, {"Location": hook.address.replace("T000", "T111")}, b"")
    assert failure(hook.address, outgoing).permanent
    assert len(hook.posts) == 1


def test_nobody_there_is_tried_again(outgoing):
    """A webhook that cannot be reached has not taken the message."""
    error = failure(f"http://127.0.0.1:1{SECRET}", outgoing)
    assert (error.permanent, error.unknown) == (False, False)


def reads_then(answer):
    """A server that reads the whole request, says `answer`, and hangs up."""

    def act(connection):
        got = b""
        while b"\r\n\r\n" not in got:
            got += connection.recv(65536)
        head, _, body = got.partition(b"\r\n\r\n")
        length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-l"))
        while len(body) < length:
            body += connection.recv(65536)
        connection.sendall(answer)

    return act


@pytest.mark.parametrize("answer", [b"", b"HT", b"HTTP/1.1 2", b"garbage\r\n\r\n"])
def test_lost_after_the_message_is_unknown_and_not_repeated(scripted, outgoing, answer):
    """A connection lost before the answer may have delivered: posted once, then the end is unknown."""
    port, calls = scripted(reads_then(answer))
    error = failure(f"http://127.0.0.1:{port}{SECRET}", outgoing)
    assert error.unknown
    assert len(calls) == 1


def test_lost_after_the_answer_is_sent(scripted, outgoing):
    """Once the webhook has said 200, the message is sent, even if the rest of its answer never comes."""
    port, _ = scripted(reads_then(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\no"))
    SlackChannel().send(replace(outgoing, address=f"http://127.0.0.1:{port}{SECRET}"))


def test_silence_after_the_message_is_unknown(scripted, outgoing):
    """A webhook that takes the message and says nothing is waited for, then the end is unknown."""
    port, calls = scripted(lambda connection: [None for _ in iter(lambda: connection.recv(65536), b"")])
    assert failure(f"http://127.0.0.1:{port}{SECRET}", outgoing, timeout_s=0.3).unknown
    assert len(calls) == 1


@pytest.mark.parametrize(
    "address",
    [
        f"http://hooks.example{SECRET}",
        f"file://{SECRET}",
        f"https://user@hooks.example{SECRET}",
        f"https://{SECRET}",
        f"https://hooks.example{SECRET}\r\nX: y",
        f"https://hooks.example:port{SECRET}",
        f"https://[::1{SECRET}",
        SECRET,
        "",
    ],
)
def test_only_an_encrypted_address_is_posted_to(outgoing, address):
    """A webhook's secret never crosses a network in clear; another address fails for good."""
    error = failure(address, outgoing)
    assert error.permanent
    assert "secret" not in "".join(traceback.format_exception(error))


def test_the_secret_is_never_told(hook, outgoing, caplog, scripted):
    """Neither error, nor traceback, nor repr, nor the most talkative log shows the webhook's address."""
    caplog.set_level(logging.DEBUG)
    told = [repr(replace(outgoing, address=hook.address))]
    SlackChannel().send(replace(outgoing, address=hook.address))
    hook.answer = (404, {}, b"no such hook: " + SECRET.encode())
    dropping, _ = scripted(lambda connection: connection.recv(10))
    for address in (hook.address, f"http://127.0.0.1:1{SECRET}", f"http://127.0.0.1:{dropping}{SECRET}"):
        told += traceback.format_exception(failure(address, outgoing))
    assert "secret" not in "".join([*told, caplog.text])


def test_the_environments_proxy_is_not_used(hook, outgoing, monkeypatch):
    """A proxy named in the environment does not get the message: what is used was given as an argument."""
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    SlackChannel().send(replace(outgoing, address=hook.address))
    assert len(hook.posts) == 1
