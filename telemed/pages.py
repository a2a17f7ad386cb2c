"""Serves the built pages, compressed in advance, under the content security policy (S18)."""

import mimetypes
from datetime import timedelta
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from telemed.kit.http import CLOCK
from telemed.kit.site import SETTINGS

ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
CONTACT_HOLDS = timedelta(days=180)
FOREVER = "public, max-age=31536000, immutable"  # for assets/, where Vite puts a hash into each name
DIST: web.AppKey[Path] = web.AppKey("dist", Path)
# For what index.html names without a hash: no page waits to hear whether there is a newer one.
A_WHILE = "public, max-age=3600, stale-while-revalidate=604800"
mimetypes.add_type("application/wasm", ".wasm")
mimetypes.add_type("font/woff2", ".woff2")


def policy(signaling: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "worker-src 'self' blob:",
            "style-src 'self' 'unsafe-inline'",
            "font-src 'self'",
            "img-src 'self' blob: data:",
            "media-src 'self' blob:",
            f"connect-src 'self' {signaling}",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-src 'self'",  # a device shows the pages of whoever is signed in at it inside its own
            "frame-ancestors 'self'",
        )
    )


@web.middleware
async def headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Adds headers to every answer, also to errors: no sniffing, no embedding, no referrer."""
    response = await handler(request)
    if not response.prepared:
        settings = request.app[SETTINGS]
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Content-Security-Policy", policy(" ".join(sorted(settings.signaling_urls))))
        if settings.secure:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


async def page(request: web.Request) -> web.StreamResponse:
    """A file of the build, or else the single page of the application."""
    dist = request.app[DIST]
    found = _file(dist, request.match_info["path"])
    if found is None and request.match_info["path"].startswith("assets/"):
        raise web.HTTPNotFound
    path = found or _file(dist, "index.html")
    if path is None:  # they are not built yet
        raise web.HTTPNotFound
    response = _compressed(request, path)
    response.headers["Cache-Control"] = _kept(dist, path)
    response.headers["Vary"] = "Accept-Encoding"
    return response


def _kept(dist: Path, path: Path) -> str:
    if path == dist / "index.html":
        return "no-cache"
    return FOREVER if path.is_relative_to(dist / "assets") else A_WHILE


def _file(dist: Path, asked: str) -> Path | None:
    try:
        path = (dist / asked).resolve()
        return path if path.is_relative_to(dist) and path.is_file() else None
    except (ValueError, OSError) as no_name:  # it has a NUL, or is longer than the file system allows
        raise web.HTTPNotFound from no_name


def _compressed(request: web.Request, path: Path) -> web.FileResponse:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    accepted = request.headers.get("Accept-Encoding", "")
    for encoding, suffix in ENCODINGS:
        packed = path.with_name(path.name + suffix)
        if encoding in accepted and packed.is_file():
            return web.FileResponse(packed, headers={"Content-Type": kind, "Content-Encoding": encoding})
    return web.FileResponse(path, headers={"Content-Type": kind})


async def security(request: web.Request) -> web.Response:
    """security.txt (RFC 9116): whom to tell of a vulnerability, if the operator has set it."""
    settings = request.app[SETTINGS]
    if settings.security_contact is None:
        raise web.HTTPNotFound
    expires = (request.app[CLOCK]() + CONTACT_HOLDS).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = (
        f"Contact: {settings.security_contact}",
        f"Expires: {expires}",
        "Preferred-Languages: zh, en",
        f"Canonical: {settings.origin}/.well-known/security.txt",
    )
    return web.Response(text="".join(f"{line}\n" for line in lines), headers={"Cache-Control": "no-cache"})


async def _remove_server_header(request: web.Request, response: web.StreamResponse) -> None:
    """Removes the `Server` header, so that attackers do not learn the program and its version."""
    response.headers.popall("Server", None)


def add_hygiene(root: web.Application) -> None:
    """Adds what every installation has, with pages or without."""
    root.on_response_prepare.append(_remove_server_header)
    root.router.add_get("/.well-known/security.txt", security)


def add_pages(root: web.Application, dist: Path) -> None:
    root[DIST] = dist.resolve()
    root.router.add_get("/{path:.*}", page)
