"""Where a request may go: public addresses only, checked after the one resolution that is used.

A page, a feed or a redirect is outside text, so it may name our own network: `127.1`, `0x7f000001`, a name that
resolves to 169.254.169.254, a name that resolves differently the second time. So names are resolved once, inside the
connection pool, every address is checked, and the connection goes to the checked literal. TLS still verifies the name.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Iterable, Mapping
from functools import cache
from urllib.parse import urlsplit

import httpcore
import httpx

from news.errors import FetchError

# `ipaddress.is_global` calls these global, yet they lead to private or undefined places (IANA special registries).
_TREACHEROUS = tuple(
    ipaddress.ip_network(text)
    for text in (
        "192.0.0.0/24",  # protocol assignments
        "192.88.99.0/24",  # 6to4 relay
        "64:ff9b::/96",  # NAT64: an IPv4 address inside
        "64:ff9b:1::/48",  # local NAT64
        "2001::/23",  # Teredo and other protocol assignments
        "2002::/16",  # 6to4: an IPv4 address inside
        "fec0::/10",  # old site-local
    )
)
_GLOBAL_UNICAST_6 = ipaddress.ip_network("2000::/3")
_LONGEST_URL = 4096

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


def is_public(address: IPAddress) -> bool:
    """Whether an address is one on the public internet, as unicast."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address not in _GLOBAL_UNICAST_6:
            return False
    if address.is_multicast or address.is_reserved or not address.is_global:
        return False
    return not any(address.version == net.version and address in net for net in _TREACHEROUS)


def check_url(url: str) -> str:
    """The URL without its fragment, if it is one we ask for: http or https, a host, no user name or password.

    Raises:
        FetchError: permanent, naming the address and what is wrong with it.
    """
    shown = url[:200]
    if len(url) > _LONGEST_URL or any(ord(char) <= ord(" ") or char == "\x7f" for char in url):
        raise FetchError(f"{shown!r} is no web address (too long, or has blanks)", "correct the link", permanent=True)
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
        httpx.URL(url)
    except (ValueError, UnicodeError, httpx.InvalidURL) as error:
        raise FetchError(f"{shown!r} is no web address ({error})", "correct the link", permanent=True) from error
    if parts.scheme not in {"http", "https"} or not host:
        raise FetchError(f"{shown!r} is not an http or https address", "only web pages are fetched", permanent=True)
    if parts.username is not None or parts.password is not None:
        raise FetchError(f"an address on {host} carries a user name", "remove it from the link", permanent=True)
    return url.partition("#")[0]


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """A network that leads to public addresses only.

    `resolve` maps a host name to the `ip:port` that stands for it (as `curl --resolve` does); those hosts and the ones
    in `allow_hosts`, matched by the name a URL gives, may be on a loopback or private network.
    """

    def __init__(self, *, allow_hosts: Iterable[str] = (), resolve: Mapping[str, str] | None = None) -> None:
        self._network = httpcore.AnyIOBackend()
        self._allowed = {host.lower() for host in allow_hosts}
        self._fixed = {host.lower(): address for host, address in (resolve or {}).items()}

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the interface of httpcore
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address of `host` that answers, all of them checked before.

        Raises:
            FetchError: permanent, when an address is not public.
            httpcore.ConnectError: no such host, or nothing answers.
        """
        addresses, port = await self._find(host, port)
        trouble: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses:
            try:
                return await self._network.connect_tcp(
                    str(address), port, timeout=timeout, local_address=local_address, socket_options=socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                trouble = error
        raise trouble

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109, ARG002 - the interface of httpcore
        socket_options: Iterable[SocketOption] | None = None,  # noqa: ARG002 - likewise
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: no page lives on a Unix socket."""
        raise FetchError(f"{path} is a local socket", "only web pages are fetched", permanent=True)

    async def sleep(self, seconds: float) -> None:
        """Wait, for httpcore's own retries (unused: ours are in the fetcher)."""
        await asyncio.sleep(seconds)

    async def _find(self, host: str, port: int) -> tuple[list[IPAddress], int]:
        name = host.lower().rstrip(".")
        fixed = self._fixed.get(name)
        if fixed is not None:
            literal, _, fixed_port = fixed.rpartition(":")
            return [ipaddress.ip_address(literal.strip("[]"))], int(fixed_port)
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"no host of that name ({error})") from error
        addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
        hidden = [address for address in addresses if not is_public(address)]
        if hidden and name not in self._allowed:
            raise FetchError(
                f"{host} is {hidden[0]}, not a public address",
                "add the host to [fetch] allow_hosts if it is meant",
                permanent=True,
            )
        return list(dict.fromkeys(addresses)), port


@cache
def _tls() -> ssl.SSLContext:
    """The authorities we trust, read once: 40 ms each time."""
    return httpx.create_ssl_context(trust_env=False)


class GuardedTransport(httpx.AsyncHTTPTransport):
    """httpx's transport over a pool whose every connection goes through a GuardedBackend."""

    def __init__(self, backend: GuardedBackend, *, connections: int) -> None:
        context = _tls()
        super().__init__(verify=context, trust_env=False)
        # httpx offers no way to hand in a network backend; its pool is replaced by the same one with ours.
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=15.0,
            http1=True,
            http2=True,
            network_backend=backend,
        )
