"""Serve the built pages, each file compressed beforehand, under the content security policy (S18)."""

import mimetypes
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from telemed.people.session import SETTINGS

ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
FOREVER = "public, max-age=31536000, immutable"  # Vite puts a hash into the name of everything in assets/
DIST: web.AppKey[Path] = web.AppKey("dist", Path)
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
            "frame-ancestors 'none'",
        )
    )


@web.middleware
async def headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """On every answer, errors included: no sniffing, no embedding, no referrer."""
    response = await handler(request)
    if not response.prepared:
        settings = request.app[SETTINGS]
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Content-Security-Policy", policy(_sockets(settings.signaling_url)))
        if settings.secure:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


def _sockets(url: str) -> str:
    """The signaling origin, and its other loopback name."""
    other = url.replace("//127.0.0.1:", "//localhost:")
    return url if other == url else f"{url} {other}"


async def page(request: web.Request) -> web.StreamResponse:
    """A file of the build, or the one page that is the whole application."""
    dist = request.app[DIST]
    found = _file(dist, request.match_info["path"])
    if found is None and request.match_info["path"].startswith("assets/"):
        raise web.HTTPNotFound
    path = found or dist / "index.html"
    response = _compressed(request, path)
    is_asset = path.parent != dist and path.is_relative_to(dist / "assets")
    response.headers["Cache-Control"] = FOREVER if is_asset else "no-cache"
    response.headers["Vary"] = "Accept-Encoding"
    return response


def _file(dist: Path, asked: str) -> Path | None:
    path = (dist / asked).resolve()
    return path if path.is_relative_to(dist) and path.is_file() else None


def _compressed(request: web.Request, path: Path) -> web.FileResponse:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    accepted = request.headers.get("Accept-Encoding", "")
    for encoding, suffix in ENCODINGS:
        packed = path.with_name(path.name + suffix)
        if encoding in accepted and packed.is_file():
            return web.FileResponse(packed, headers={"Content-Type": kind, "Content-Encoding": encoding})
    return web.FileResponse(path, headers={"Content-Type": kind})


def add_pages(root: web.Application, dist: Path) -> None:
    root[DIST] = dist.resolve()
    root.router.add_get("/{path:.*}", page)
