"""Relay credentials for browsers (coturn's use-auth-secret), valid for ten minutes and one session."""

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha1
from hmac import new as hmac
from typing import Final

from signaling.protocol import Json

TTL: Final = 600


@dataclass(frozen=True)
class Ice:
    """The ICE servers. By default none: pages in one network meet by host candidates, and no public server is asked."""

    urls: tuple[str, ...] = ()
    secret: str = ""

    def __post_init__(self) -> None:
        if any(url.startswith("turn") for url in self.urls) and not self.secret:
            raise ValueError("turn: addresses need the secret they share with the relay.")

    @property
    def expires(self) -> bool:
        return bool(self.secret)

    def servers(self, session: str, now: float) -> list[Json]:
        open_, relays = ([u for u in self.urls if u.startswith("turn") is turn] for turn in (False, True))
        servers: list[Json] = [{"urls": open_}] if open_ else []
        if relays:
            username = f"{int(now) + TTL}:{session}"
            password = b64encode(hmac(self.secret.encode(), username.encode(), sha1).digest()).decode()
            servers.append({"urls": relays, "username": username, "credential": password})
        return servers
