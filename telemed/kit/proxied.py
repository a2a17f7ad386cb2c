"""Behind a reverse proxy: the client's address, as the proxy itself reports it."""

from aiohttp import web
from aiohttp.typedefs import Handler

FORWARDED = "X-Forwarded-For"


@web.middleware
async def proxied(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Takes the last address of `X-Forwarded-For`, which the proxy wrote; the client may have forged the others (S22).

    Without this everybody would have the proxy's address, and share one count of wrong passwords.
    """
    told = request.headers.getall(FORWARDED, [])
    last = told[-1].rpartition(",")[2].strip() if told else ""
    return await handler(request.clone(remote=last) if last else request)
