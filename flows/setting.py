"""What the environment says, read once at the top; everything below takes these as arguments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from news.errors import ConfigurationError
from news.topic_value import parse_span
from warehouse.pages import Revisits

PROJECT = Path(__file__).resolve().parents[1]
_LONGEST = timedelta(days=3650)
REVISITS = Revisits(
    plain=tuple(timedelta(days=days) for days in (1, 3, 7, 21)),
    cited=tuple(timedelta(hours=hours) for hours in (6, 12, 24, 48, 72, 120, 168, 240, 336, 504, 720)),
)
SMTP_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail goes out. The password is never shown."""

    host: str
    port: int
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    starttls: bool = True
    tls: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """The process's settings; `environment` is kept for the secrets that subscribers name, and never shown."""

    data: Path = PROJECT / "data"
    out: Path = PROJECT / "out"
    wait_s: float = 60.0
    contact: str | None = None
    sender: str = "volteface@localhost"
    mail: MailServer | None = None
    raw_age: timedelta = timedelta(days=730)
    raw_bytes: int = 20_000_000_000
    revisits: Revisits = REVISITS
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def user_agent(self) -> str:
        """Who we say we are to the servers we ask."""
        return f"Volteface/0.1 (news monitor; {self.contact})" if self.contact else "Volteface/0.1 (news monitor)"


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Settings from environment variables, each named `VOLTEFACE_…`.

    Raises:
        ConfigurationError: a value that cannot be used, naming the variable.
    """
    return Settings(
        data=Path(environment.get("VOLTEFACE_DATA", PROJECT / "data")),
        out=Path(environment.get("VOLTEFACE_OUT", PROJECT / "out")),
        wait_s=_number(environment, "VOLTEFACE_WAIT_S", 60.0, "seconds", 86_400),
        contact=environment.get("VOLTEFACE_CONTACT"),
        sender=environment.get("VOLTEFACE_SENDER", "volteface@localhost"),
        mail=_mail_server(environment.get("VOLTEFACE_SMTP")),
        raw_age=timedelta(days=_number(environment, "VOLTEFACE_RAW_DAYS", 730, "days", 36_500)),
        revisits=Revisits(
            plain=_delays(environment, "VOLTEFACE_REVISITS", REVISITS.plain),
            cited=_delays(environment, "VOLTEFACE_REVISITS_CITED", REVISITS.cited),
        ),
        raw_bytes=round(_number(environment, "VOLTEFACE_RAW_GB", 20, "gigabytes", 100_000) * 1e9),
        environment=dict(environment),
    )


def _number(environment: Mapping[str, str], name: str, default: float, unit: str, most: float) -> float:
    given = environment.get(name)
    if given is None:
        return default
    try:
        value = float(given)
    except ValueError:
        value = -1.0
    if not 0 <= value <= most:
        raise ConfigurationError(f"{name} is {given!r}", f"give a number of {unit} between 0 and {most:.0f}")
    return value


def _delays(environment: Mapping[str, str], name: str, default: tuple[timedelta, ...]) -> tuple[timedelta, ...]:
    """The delays in "6h 1d 3d", the shortest first; none for an empty value."""
    given = environment.get(name)
    if given is None:
        return default
    found = [parse_span(part) for part in given.replace(",", " ").split()]
    delays = [one for one in found if one is not None and timedelta(0) < one <= _LONGEST]
    if len(delays) < len(found):
        raise ConfigurationError(f"{name} is {given!r}", "give delays of up to 3650 days, as 6h 1d 3d 7d")
    return tuple(sorted(delays))


def _mail_server(given: str | None) -> MailServer | None:
    """The server in `smtp://user:password@host:port?starttls=no` or `smtps://…`, None when none is given."""
    if not given:
        return None
    mend = "write it as smtp://user:password@host:port, with ?starttls=no for a plain local server, or smtps://…"
    try:
        parts = urlsplit(given)
        port = parts.port
    except ValueError:
        raise ConfigurationError("VOLTEFACE_SMTP is no address of a mail server", mend) from None
    if parts.scheme not in SMTP_PORTS or not parts.hostname:
        raise ConfigurationError("VOLTEFACE_SMTP is no address of a mail server", mend)
    plain = parse_qs(parts.query).get("starttls", ["yes"])[0] in {"no", "0", "false"}
    return MailServer(
        host=parts.hostname,
        port=port or SMTP_PORTS[parts.scheme],
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        starttls=parts.scheme == "smtp" and not plain,
        tls=parts.scheme == "smtps",
    )
