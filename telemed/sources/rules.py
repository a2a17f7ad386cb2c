"""What an administrator may enter for a hospital system, and how long one that does not answer is left alone."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from telemed.errors import Invalid
from telemed.sources.model import Fault, State, SystemKind

HOST: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|[0-9a-f:.]{2,45}")
PORTS: Final = {"https": 443, "http": 80, "postgresql": 5432, "oracle": 1521, "mssql": 1433, "mysql": 3306}
DRIVERS: Final = {"postgresql": "postgresql+pg8000", "oracle": "oracle+oracledb", "mssql": "mssql+pyodbc"}
# What else a database's address may say. Anything further could name another server, a file or a library to load.
OPTIONS: Final = frozenset({"driver", "service_name", "encrypt", "trustservercertificate", "charset"})
PLAIN: Final = re.compile(r"[\w .+-]{1,60}")
DATABASE: Final = re.compile(r"[\w.$-]{0,128}")
VIEWS: Final = ("patient", "admission", "allergy", "vitals", "tests", "orders")
VIEW: Final = re.compile(r"[A-Za-z_][\w$#]{0,127}(\.[A-Za-z_][\w$#]{0,127}){0,2}")
NUMBER_KINDS: Final = ("admission", "outpatient", "mrn")
URI: Final = re.compile(r"[!-~]{0,200}")
REST: Final = timedelta(seconds=30)
RESTS: Final = frozenset({Fault.away, Fault.slow, Fault.refused})  # asking again at once would only wait again


@dataclass(frozen=True)
class Address:
    host: str
    port: int


def address_of(kind: SystemKind, text: str) -> Address:
    """Where a system is. Raises Invalid for what is no address, or hides something."""
    try:
        found = _of_database(text) if kind is SystemKind.views else _of_fhir(text)
    except (ValueError, ArgumentError):
        found = None
    if found is None or not HOST.fullmatch(found.host) or not 0 < found.port < 65536:
        raise Invalid("This is no address of such a system.", reason=f"source_address_{kind}", fields=["address"])
    return found


def database_url(text: str) -> URL:
    """With the driver that is used here. Raises ArgumentError, ValueError."""
    url = make_url(text)
    return url.set(drivername=DRIVERS.get(url.drivername, url.drivername))


def _of_database(text: str) -> Address | None:
    url = database_url(text)
    backend = url.drivername.split("+")[0]
    said = {name.lower(): value for name, value in url.query.items()}
    plain = all(isinstance(each, str) and PLAIN.fullmatch(each) for each in said.values())
    hidden = url.username is not None or url.password is not None or not set(said) <= OPTIONS or not plain
    if hidden or not url.host or not DATABASE.fullmatch(url.database or "") or backend == "sqlite":
        return None
    return Address(url.host, url.port or PORTS.get(backend, 0))


def _of_fhir(text: str) -> Address | None:
    parts = urlsplit(text)
    hidden = parts.username is not None or parts.password is not None or parts.query or parts.fragment
    if parts.scheme not in ("http", "https") or hidden or not text.isascii() or not text.isprintable() or " " in text:
        return None
    return Address((parts.hostname or "").rstrip("."), parts.port or PORTS[parts.scheme])


def check_mapping(kind: SystemKind, mapping: dict[str, str]) -> None:
    """Raises Invalid for names that could be no view, or no number's system."""
    for name, value in mapping.items():
        if kind is SystemKind.views and name in VIEWS:
            if not VIEW.fullmatch(value):
                raise Invalid("This is no name of a view.", reason="source_view", fields=[name])
        elif kind is SystemKind.fhir and name == "number_system":
            if not URI.fullmatch(value):
                raise Invalid("This is no number's system.", reason="source_number", fields=[name])
        elif kind is SystemKind.views or name != "number_kind" or value not in NUMBER_KINDS:
            raise Invalid("Such a system has no name of this kind.", reason="source_mapping")


@dataclass
class Resting:
    """A system that failed is left alone until a moment; then one look-up tries, and the others rest with it."""

    state: State
    fault: Fault
    until: datetime

    def may_try(self, state: State, now: datetime) -> bool:
        if state != self.state:  # it has been set up anew
            return True
        if now < self.until:
            return False
        self.until = now + REST
        return True
