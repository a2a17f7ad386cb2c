"""Where browsers find the product: its settings, as handlers reach them, and the name the page itself was asked by."""

from urllib.parse import urlsplit

from aiohttp import web

from telemed.config import LOOPBACK, Settings

SETTINGS: web.AppKey[Settings] = web.AppKey("settings", Settings)


def same_host(request: web.Request, url: str) -> str:
    """`localhost` and `127.0.0.1` are two sites to a browser: the page's own name is used for the socket too."""
    try:
        asked = urlsplit(f"//{request.host}").hostname
    except ValueError:  # what a stranger writes as Host need not be one
        return url
    kept = urlsplit(url)
    if asked in LOOPBACK and kept.hostname in LOOPBACK and asked != kept.hostname:
        return kept._replace(netloc=f"{asked}:{kept.port}").geturl()
    return url
