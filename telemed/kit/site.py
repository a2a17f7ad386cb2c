"""The address of the product as browsers see it, for handlers that write URLs."""

from urllib.parse import urlsplit

from aiohttp import web

from telemed.config import LOOPBACK, Settings

SETTINGS: web.AppKey[Settings] = web.AppKey("settings", Settings)


def same_host(request: web.Request, url: str) -> str:
    """A URL of this computer, with the name the page was requested by: `localhost` and `127.0.0.1` are two sites."""
    try:
        asked = urlsplit(f"//{request.host}").hostname
    except ValueError:  # the Host header may hold anything
        return url
    kept = urlsplit(url)
    if asked in LOOPBACK and kept.hostname in LOOPBACK and asked != kept.hostname:
        return kept._replace(netloc=f"{asked}:{kept.port}").geturl()
    return url
