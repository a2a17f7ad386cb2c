"""What both sub-apps share: finding the actor, problem documents, cache headers."""

import logging
from typing import Any

import msgspec
from aiohttp import web
from aiohttp.typedefs import Handler
from uuid_utils.compat import uuid7

from imaging.actor import ACTOR, Authenticate
from imaging.archive import Archive
from imaging.errors import ImagingError, NotSignedIn, SeveralCopies
from imaging.failures import passing

log = logging.getLogger(__name__)

ARCHIVE = web.AppKey("imaging_archive", Archive)
SIGN_IN = "signin"
"""The part of the path that names a sign-in; browsers may cache answers under it for a while."""


def archive_of(request: web.Request) -> Archive:
    return request.config_dict[ARCHIVE]


@web.middleware
async def problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answers every failure with an RFC 9457 problem document; its `instance` stands in the log too."""
    try:
        response = await handler(request)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        response = _problem(error.status, "http_error", error.reason, uuid7().urn)
        response.headers.update({k: v for k, v in error.headers.items() if k == "Allow"})
    except Exception as failure:
        response = _answer_for(request, failure, uuid7().urn)
    if not response.prepared:
        _guard(response)
    return response


def _answer_for(request: web.Request, failure: Exception, instance: str) -> web.Response:
    match failure:
        case ImagingError():
            return _render(request, failure, instance)
        case web.RequestPayloadError():
            return _problem(400, "invalid", "The body does not arrive as its headers say.", instance)
        case ConnectionResetError():
            log.info("%s: %s %s: the client went away", instance, request.method, request.path)
            return web.Response(status=400)  # the client is gone
    if (why := passing(failure)) is not None:
        log.error("%s: %s refused: %s", instance, request.method, why.code)
        return _render(request, why, instance)
    log.error("%s: %s %s failed", instance, request.method, request.path, exc_info=failure)
    return _problem(500, "internal", "Something failed on our side.", instance)


def _guard(response: web.StreamResponse) -> None:
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Cache-Control", "no-store")


def _render(request: web.Request, error: ImagingError, instance: str) -> web.Response:
    extra = dict(error.extra)
    if isinstance(error, SeveralCopies):
        hospitals = extra["hospitals"]
        assert isinstance(hospitals, list)
        extra["links"] = [str(request.rel_url.update_query(hospital=hospital)) for hospital in hospitals]
    response = _problem(error.status, error.code, error.detail, instance, **extra)
    response.headers.update(error.headers)
    return response


def _problem(status: int, code: str, detail: str, instance: str, **extra: object) -> web.Response:
    body = {
        **extra,
        "type": f"urn:telemed:problem:{code}",
        "title": code.replace("_", " ").capitalize(),
        "status": status,
        "detail": detail,
        "code": code,
        "instance": instance,
    }
    headers = {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": "1"}}.get(status)
    return web.Response(
        body=msgspec.json.encode(body), status=status, headers=headers, content_type="application/problem+json"
    )


def with_actor(authenticate: Authenticate) -> Any:
    """Runs outside `problems`: what `authenticate` raises is answered by the program that mounts us."""

    @web.middleware
    async def actor(request: web.Request, handler: Handler) -> web.StreamResponse:
        found = await authenticate(request)
        if found is not None:
            request[ACTOR] = found
        return await handler(request)

    return actor


@web.middleware
async def signed_in(request: web.Request, handler: Handler) -> web.StreamResponse:
    if ACTOR not in request:
        raise NotSignedIn("Sign in, or send a ticket.")
    return await handler(request)


def cache_headers(request: web.Request, etag: str) -> dict[str, str]:
    """Cache headers for pixels: 15 minutes under a sign-in's own prefix, otherwise not at all.

    A longer time, or a URL that two people share, would let somebody read on after access was revoked.
    """
    kept = "private, max-age=900, immutable" if request.match_info.get(SIGN_IN) else "no-store"
    return {
        "Cache-Control": kept,
        "ETag": f'"{etag}"',
        "Vary": "Accept",
        "X-Content-Type-Options": "nosniff",
    }


def wanted(request: web.Request, length: int, headers: dict[str, str]) -> tuple[int, int, int]:
    """Status, start and end of the part of a body that `Range` asks for (RFC 9110 §14); adds what headers say of it."""
    try:
        asked = request.http_range
    except ValueError:
        asked = slice(length, length, 1)
    start, stop, _ = asked.indices(length)
    if asked == slice(None, None, 1):
        return 200, 0, length
    if start >= stop:
        headers["Content-Range"] = f"bytes */{length}"
        return 416, 0, 0
    headers["Content-Range"] = f"bytes {start}-{stop - 1}/{length}"
    return 206, start, stop


def json_body(value: object, *, status: int = 200, media_type: str = "application/json") -> web.Response:
    return web.Response(body=msgspec.json.encode(value), status=status, content_type=media_type)
