"""Turns every exception into an RFC 9457 problem document; its `instance` stands in the log too."""

from typing import Any

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler
from uuid_utils.compat import uuid7

from telemed.errors import TelemedError
from telemed.kit.failures import collides, passing
from telemed.kit.paths import path_of

log = structlog.get_logger(__name__)
REQUEST_ID = web.RequestKey("request_id", str)


@web.middleware
async def problem(request: web.Request, handler: Handler) -> web.StreamResponse:
    instance = request[REQUEST_ID] = uuid7().urn
    try:
        return await handler(request)
    except TelemedError as exc:
        return render(exc.status, exc.code, exc.detail, instance, **exc.extra)
    except web.HTTPException as exc:
        if exc.status < 400:
            raise
        response = render(exc.status, "http_error", exc.reason, instance)
        response.headers.update({k: v for k, v in exc.headers.items() if k == "Allow"})
        return response
    except web.RequestPayloadError:
        return render(400, "http_error", "The body does not arrive as its headers say.", instance)
    except ConnectionResetError:
        return web.Response(status=499)  # the caller has hung up
    except Exception as exc:
        if (why := passing(exc)) is not None:
            log.error("request refused", instance=instance, code=why.code, why=type(exc).__name__)
            return render(why.status, why.code, why.detail, instance)
        if collides(exc):
            log.warning("request refused", instance=instance, code="conflict", path=path_of(request))
            return render(409, "conflict", "Somebody else has just done the same.", instance)
        log.exception("request failed", instance=instance, method=request.method, path=path_of(request))
        return render(500, "internal", "Something failed on our side.", instance)


def render(status: int, code: str, detail: str, instance: str, **extra: Any) -> web.Response:
    body = {
        **extra,
        "type": f"urn:telemed:problem:{code}",
        "title": code.replace("_", " ").capitalize(),
        "status": status,
        "detail": detail,
        "code": code,
        "instance": instance,
    }
    headers = {"Cache-Control": "no-store"}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if status in (429, 503):
        headers["Retry-After"] = str(extra.get("retry_after", 1))
    return web.json_response(body, status=status, headers=headers, content_type="application/problem+json")
