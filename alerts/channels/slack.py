"""Digests to a Slack-compatible incoming webhook.

The webhook's address is a password: whoever has it can post. It appears in no message, repr or log, and errors are
raised without their cause, since urllib's quote the address.
"""

from __future__ import annotations

import http.client
import logging
import re
import urllib.request
from urllib.error import URLError
from urllib.parse import urlsplit

from slack_sdk.webhook import WebhookClient, WebhookResponse

from alerts.channels.host import is_this_machine
from alerts.channels.protocol import Outgoing
from alerts.plain import clean, clip
from news.errors import TransportError

_MOST_ANSWER = 4096
_GATEWAY_TIMEOUT = 504
_TRY_LATER = frozenset({408, 425, 429})
_SECONDS = re.compile(r"\d{1,9}")
_ADDRESS = re.compile(r"[!-~]+")


class SlackChannel:
    """Posts each message to the webhook it is addressed to, once: no retries of its own, no redirects followed.

    `proxy` is the address of an HTTP proxy or None; the environment is not asked. `timeout_s` bounds each wait.
    """

    def __init__(self, *, timeout_s: float = 20.0, proxy: str | None = None) -> None:
        self._timeout_s = timeout_s
        self._proxy = proxy

    def send(self, message: Outgoing) -> None:
        """Returns once the webhook has answered 2xx; raises TransportError."""
        _check(message.address)
        client = _OneShotClient(message.address, self._timeout_s, self._proxy)
        try:
            response = client.send_dict(message.slack)
        except URLError as error:
            # urllib wraps only what fails up to the last byte of the request: it cannot have been taken.
            failure = _not_sent(error)
        except (OSError, http.client.HTTPException):
            failure = _unseen("was lost after the message and before its answer")
        else:
            if 200 <= response.status_code < 300:  # noqa: PLR2004  # RFC 9110, 15.3
                return
            failure = _refusal(response)
        raise failure from None


class _OneShotClient(WebhookClient):
    """slack_sdk's client without what would send twice or tell the address.

    Its default retries a lost connection, which may already have delivered; its logger prints the address; urllib
    would follow a redirect as a GET and take the target's 200 for delivery.
    """

    def __init__(self, url: str, timeout_s: float, proxy: str | None) -> None:
        silent = logging.Logger("silent", level=logging.CRITICAL + 1)  # noqa: LOG001  # outside the tree nothing can turn it on
        super().__init__(url, logger=silent, retry_handlers=[])
        self._timeout_s = timeout_s
        self._opener = urllib.request.OpenerDirector()
        proxies = {"http": proxy, "https": proxy} if proxy and urlsplit(url).scheme == "https" else {}
        self._opener.add_handler(urllib.request.ProxyHandler(proxies))
        self._opener.add_handler(urllib.request.HTTPHandler())
        self._opener.add_handler(urllib.request.HTTPSHandler())

    def _perform_http_request_internal(self, url: str, req: urllib.request.Request) -> WebhookResponse:
        answer = self._opener.open(req, timeout=self._timeout_s)
        if answer is None:  # no handler took the scheme, which _check rules out
            raise URLError("no such scheme")
        with answer:
            try:
                body = answer.read(_MOST_ANSWER).decode("utf-8", "replace")
            except (OSError, http.client.HTTPException):
                body = ""  # the status has been seen, and it decides
            return WebhookResponse(url=url, status_code=answer.status, body=body, headers=dict(answer.headers))


def _check(address: str) -> None:
    """Lets only https through, and plain http to this machine (tests)."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
        good = _ADDRESS.fullmatch(address) is not None and bool(host) and "@" not in parts.netloc
        good = good and (parts.scheme == "https" or (parts.scheme == "http" and is_this_machine(host or "")))
    except ValueError:
        good = False
    if not good:
        raise TransportError(
            "the Slack webhook's address is no https:// address",
            "set the environment variable the subscriber names to the whole address that Slack shows",
            permanent=True,
        ) from None


def _not_sent(error: URLError) -> TransportError:
    reason = error.reason if isinstance(error.reason, str) else getattr(error.reason, "strerror", None)
    named = clip(clean(reason or type(error.reason).__name__), 200)
    return TransportError(f"the Slack webhook could not be reached ({named})", "check the network; it is tried again")


def _unseen(what: str) -> TransportError:
    return TransportError(
        f"the Slack webhook {what}",
        "look whether it arrived; `volteface deliveries resend` sends it again",
        unknown=True,
    )


def _refusal(response: WebhookResponse) -> TransportError:
    code = response.status_code
    secret = urlsplit(response.api_url).path.strip("/")
    said = clip(clean(response.body), 120)
    # A server that quotes the path back would put the secret into our log.
    said = "" if not said or (secret and secret in response.body) else f": {said}"
    what = f"the Slack webhook answered {code}{said}"
    if code == _GATEWAY_TIMEOUT:
        return _unseen("answered 504: its gateway passed the message on and did not see the end")
    if code in _TRY_LATER or code >= 500:  # noqa: PLR2004  # server errors, RFC 9110, 15.6
        return TransportError(what, "it will be tried again", retry_after_s=_retry_after(response))
    mend = "check the webhook in Slack, renew its address, then `volteface deliveries resend`"
    return TransportError(what, mend, permanent=True)


def _retry_after(response: WebhookResponse) -> float | None:
    """Seconds the answer asks us to wait; a date or nonsense counts as nothing (Slack sends seconds)."""
    wish = next((str(value) for name, value in response.headers.items() if name.lower() == "retry-after"), "").strip()
    return float(wish) if _SECONDS.fullmatch(wish) else None
