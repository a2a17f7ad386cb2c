"""The settings, read once from the environment or `.env` and passed down."""

from datetime import timedelta
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

KEPT = "telemed.env"  # in the data directory
LOOPBACK = frozenset({"127.0.0.1", "localhost"})  # one page under two names, which are two sites for a browser


class Outside(BaseSettings):
    """Whom the product calls: for notices, hospital systems. A demonstration takes these from the environment too."""

    model_config = SettingsConfigDict(env_prefix="TELEMED_", frozen=True, extra="ignore")

    smtp_url: SecretStr | None = None  # smtp://user:password@host:587 or smtps://…:465; None: no mail
    smtp_from: str = Field(default="", max_length=200, pattern=r"^([^@\s<>]+@[^@\s<>]+)?$")
    webhook_allow: tuple[str, ...] = ()  # origins of group robots, as in telemed/notify/allowed.py
    source_allow: tuple[str, ...] = ()  # where hospital systems may be, as in telemed/sources/reach.py


class DataDir(BaseSettings):
    """Where the data are; they may hold further settings beside them, in KEPT."""

    model_config = SettingsConfigDict(env_prefix="TELEMED_", env_file=".env", frozen=True, extra="ignore")

    data_dir: Path = Path("data")


class Settings(Outside):
    """The TELEMED_* variables. No secret has a default: keys are made in the data directory."""

    model_config = SettingsConfigDict(env_prefix="TELEMED_", env_file=".env", frozen=True, extra="ignore")

    data_dir: Path = Path("data")
    site_name: str = Field(default="", max_length=80)  # on the sign-in page
    database_url: str | None = None  # a PostgreSQL; None: SQLite in the data directory
    host: str = "127.0.0.1"
    http_port: int = 8760
    signal_port: int = 8761
    dimse_port: int = 0  # 0: no DIMSE
    dimse_title: str = "TELEMED"
    # The hospital of each AE title (modality or PACS), until they are rows; see sources/ae_titles.py.
    dimse_callers: dict[str, str] = Field(default_factory=dict)
    public_url: str | None = None  # the URL that browsers see, if there is a proxy in front
    public_signal_url: str | None = None
    tls_certificate: Path | None = None
    tls_key: Path | None = None
    behind_proxy: bool = False  # a trusted proxy in front ends TLS
    web_dir: Path | None = None
    session_hours: int = Field(default=12, ge=1, le=24)
    admin_idle_minutes: int = Field(default=15, ge=1)
    idle_minutes: int = Field(default=120, ge=5)
    audit_head: Path | None = None  # a file, on another computer, for the hourly signed head of the audit's chain
    audit_mail: tuple[str, ...] = ()  # addresses that get the head once a day
    turn_urls: tuple[str, ...] = ()
    turn_secret: SecretStr | None = None
    security_contact: str | None = Field(default=None, pattern=r"^(mailto:|https://|tel:)\S+$")
    demo: bool = False
    demo_ahead: timedelta = timedelta(0)  # how far a demonstration's clock is ahead; pages show it

    @model_validator(mode="after")
    def refuse_what_is_unsafe(self) -> "Settings":
        loopback = self.host in LOOPBACK | {"::1"}
        if not loopback and not self.tls_certificate and not self.behind_proxy:
            raise ValueError(
                "Beyond loopback the service needs TLS: set TELEMED_TLS_CERTIFICATE and TELEMED_TLS_KEY, "
                "or TELEMED_BEHIND_PROXY=true with a proxy in front that ends TLS."
            )
        if self.turn_urls and (self.turn_secret is None or len(self.turn_secret.get_secret_value()) < 16):
            raise ValueError("TELEMED_TURN_SECRET must hold at least 16 characters, the same as in the TURN server.")
        return self

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'telemed.db'}"

    @property
    def secure(self) -> bool:
        """Whether browsers use https, so that the cookie may be __Host-."""
        return self.tls_certificate is not None or (self.public_url or "").startswith("https://")

    @property
    def origin(self) -> str:
        scheme = "https" if self.tls_certificate else "http"
        return self.public_url or f"{scheme}://{self.host}:{self.http_port}"

    @property
    def origins(self) -> frozenset[str]:
        """The origins that our own pages may have."""
        return _by_every_name(self.origin)

    @property
    def signaling_urls(self) -> frozenset[str]:
        return _by_every_name(self.signaling_url)

    @property
    def signaling_url(self) -> str:
        scheme = "wss" if self.tls_certificate else "ws"
        return self.public_signal_url or f"{scheme}://{self.host}:{self.signal_port}"


@cache
def _by_every_name(url: str) -> frozenset[str]:
    """A loopback URL under both of its names; any other URL alone."""
    parts = urlsplit(url)
    if parts.hostname not in LOOPBACK:
        return frozenset({url})
    port = "" if parts.port is None else f":{parts.port}"
    return frozenset(parts._replace(netloc=f"{name}{port}").geturl() for name in LOOPBACK)
