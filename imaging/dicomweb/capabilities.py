"""What this service can do, for programs: a WADL document of its resources and methods (PS3.18 §8.9, annex H)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from aiohttp import web

from imaging.dicomweb.accept import parse
from imaging.dicomweb.wado import accept_of
from imaging.errors import NotAcceptable

WADL: Final = "application/vnd.sun.wadl+xml"
PATTERN: Final = re.compile(r"\{(\w+)(?::(?:[^{}]|\{[^{}]*\})*)?\}")
"""A part of a path that varies; behind a colon what it may be, as a regular expression."""


@dataclass(frozen=True)
class About:
    """One method of a resource, for its description."""

    name: str
    answers: tuple[str, ...]
    query: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()


Methods = Mapping[str, Mapping[str, About]]
"""By path as it stands in the routes, then by HTTP method."""


def add_capabilities(app: web.Application, prefix: str, methods: Methods) -> None:
    """OPTIONS at the service itself answers with everything, at a resource with what that has."""
    for path in ("", "/"):
        app.router.add_options(prefix + path, _answering(methods, path))
    for path, own in methods.items():
        app.router.add_options(prefix + path, _answering({path: own}, path))


def _answering(methods: Methods, path: str) -> Any:
    allowed = sorted({"OPTIONS", *(method for own in methods.values() for method in own)})

    async def options(request: web.Request) -> web.Response:
        if not any(one.media_type in (WADL, "*/*", "application/*") for one in parse(accept_of(request))):
            raise NotAcceptable(f"The description is offered as {WADL}.", offered=[WADL])
        body = _document(_base(request, path), methods)
        return web.Response(body=body, content_type=WADL, headers={"Allow": ", ".join(allowed), "Vary": "Accept"})

    return options


def _base(request: web.Request, path: str) -> str:
    """The path under which the service is mounted, as this caller wrote it."""
    resource = request.match_info.route.resource
    assert resource is not None
    return resource.canonical.removesuffix(_plain(path)).format(**request.match_info) or "/"


def _plain(path: str) -> str:
    return PATTERN.sub(r"{\1}", path)


def _document(base: str, methods: Methods) -> bytes:
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<application xmlns="http://wadl.dev.java.net/2009/02"><resources base={quoteattr(base)}>',
    ]
    for path, own in methods.items():
        out.append(f"<resource path={quoteattr(_plain(path).lstrip('/'))}>")
        for name in PATTERN.findall(path):
            out.append(f'<param name="{name}" style="template" required="true"/>')
        for method, about in own.items():
            out.append(_method(method, about))
        out.append("</resource>")
    return "".join([*out, "</resources></application>"]).encode()


def _method(method: str, about: About) -> str:
    accept = "".join(f"<option value={quoteattr(each)}/>" for each in about.answers)
    asked = f'<param name="Accept" style="header">{accept}</param>'
    asked += "".join(f'<param name="{each}" style="query"/>' for each in about.query)
    asked += "".join(f"<representation mediaType={quoteattr(each)}/>" for each in about.takes)
    given = "".join(f"<representation mediaType={quoteattr(each)}/>" for each in about.answers)
    return (
        f'<method name="{method}"><doc title={quoteattr(about.name)}/><request>{asked}</request>'
        f'<response status="200">{given}</response></method>'
    )
