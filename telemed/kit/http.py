"""Typed routes: a handler's signature is its contract, and no route exists without a policy."""

import inspect
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar, get_type_hints

from aiohttp import web
from aiohttp.typedefs import Handler
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from telemed.errors import Invalid, NotAllowed
from telemed.kit import strict
from telemed.kit.clock import Clock
from telemed.kit.model import INCOMING, Model

Result = BaseModel | web.StreamResponse | None
Fn = TypeVar("Fn", bound=Callable[..., Awaitable[Result]])
OPEN_LIMIT = 16 * 1024  # bytes of a request body from somebody who has not signed in
MOST_ERRORS, LONGEST_PART, LONGEST_MESSAGE = 20, 100, 300
VERSION = r"[0-9]{1,100}"
CLOCK: web.AppKey[Clock] = web.AppKey("clock")


class Input(Model):
    """A query or a body; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


class Versioned(Model):
    """A result whose version is its ETag."""

    model_config = ConfigDict(from_attributes=True)
    version: int


@dataclass(frozen=True)
class Policy:
    """Who may call a route: a name for the OpenAPI document, and a check that raises NotAllowed."""

    name: str
    check: Callable[[web.Request], None]
    open: bool = False


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    tag: str
    status: int
    policy: Policy
    handler: Callable[..., Awaitable[Result]]
    path_params: dict[str, Any]
    query: type[Input] | None
    body: type[Input] | None
    if_match: bool
    result: type[BaseModel] | None
    binary: str | None
    stream: bool
    transaction: bool
    limited: bool
    reads: str

    @cached_property
    def path_adapters(self) -> dict[str, TypeAdapter[Any]]:
        return {name: TypeAdapter(kind) for name, kind in self.path_params.items()}


OPERATIONS = web.AppKey("operations", dict[web.AbstractRoute, Operation])
OPERATION = web.RequestKey("operation", Operation)
ARGUMENTS = web.RequestKey("arguments", dict[str, Any])


@dataclass
class Routes:
    """The operations of one feature, relative to the sub-app they are mounted in.

    `stream=True`: the handler reads the body and opens transactions itself (uploads, sockets, downloads).
    `transaction=False`: the body is parsed, but the handler opens its own short transactions (hashing, rendering, or
    reading at length before it notes something).
    `binary`: the media type, where the handler returns a response of its own.
    `answers`: the schema of such a response, where it is JSON (with a cookie, say).
    `limited`: it may answer 429.
    `reads`: as what the audit keeps the reading of its answer, if not as usual for the tag.
    """

    prefix: str
    tag: str
    operations: list[Operation] = field(default_factory=list)

    def get(self, path: str, **more: Any) -> Callable[[Fn], Fn]:
        return self._add("GET", path, **more)

    def post(self, path: str, **more: Any) -> Callable[[Fn], Fn]:
        return self._add("POST", path, **more)

    def put(self, path: str, **more: Any) -> Callable[[Fn], Fn]:
        return self._add("PUT", path, **more)

    def patch(self, path: str, **more: Any) -> Callable[[Fn], Fn]:
        return self._add("PATCH", path, **more)

    def delete(self, path: str, **more: Any) -> Callable[[Fn], Fn]:
        return self._add("DELETE", path, **more)

    def _add(
        self,
        method: str,
        path: str,
        *,
        policy: Policy,
        status: int = 200,
        binary: str | None = None,
        answers: type[BaseModel] | None = None,
        stream: bool = False,
        transaction: bool = True,
        limited: bool = False,
        reads: str = "",
    ) -> Callable[[Fn], Fn]:
        def register(fn: Fn) -> Fn:
            hints = get_type_hints(fn, include_extras=True)
            names = list(inspect.signature(fn).parameters)[1:]  # the first is the request
            query, body = hints.get("query"), hints.get("body")
            if not all(issubclass(kind, Input) for kind in (query, body) if kind):
                raise TypeError(f"{fn.__name__}: query and body must be Inputs, which forbid extra fields")
            in_path = {n: hints[n] for n in names if n not in ("query", "body", "if_match")}
            result = answers or (hints["return"] if issubclass(hints["return"], BaseModel) else None)
            kind = None if result else ("application/octet-stream" if stream and binary is None else binary)
            self.operations.append(
                Operation(
                    method,
                    self.prefix + path,
                    self.tag,
                    status if result or kind else 204,
                    policy,
                    fn,
                    in_path,
                    query,
                    body,
                    "if_match" in names,
                    result,
                    kind,
                    stream,
                    transaction and not stream,
                    limited,
                    reads,
                )
            )
            return fn

        return register

    def mount(self, app: web.Application) -> None:
        for op in self.operations:
            app[OPERATIONS][app.router.add_route(op.method, op.path, endpoint)] = op


@web.middleware
async def policy(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Deny by default: a route that did not come through Routes has no policy and is refused."""
    if (unknown := request.match_info.http_exception) is not None:
        raise unknown
    operation = request.config_dict[OPERATIONS].get(request.match_info.route)
    if operation is None:
        raise NotAllowed("No policy opens this route.")
    operation.policy.check(request)
    request[OPERATION] = operation
    return await handler(request)


@web.middleware
async def parse(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Reads query and body. A ValidationError here is the caller's mistake (422); later it would be our bug (500)."""
    try:
        request[ARGUMENTS] = await _arguments(request, request[OPERATION])
    except ValidationError as exc:
        raise Invalid("The request does not match the schema.", errors=_first(exc)) from exc
    return await handler(request)


def _first(exc: ValidationError) -> list[dict[str, Any]]:
    """The first MOST_ERRORS errors, shortened, so that the answer is not larger than the request."""
    found = exc.errors(include_url=False, include_context=False, include_input=False)[:MOST_ERRORS]
    return [
        {
            "type": each["type"],
            "loc": [part[:LONGEST_PART] if isinstance(part, str) else part for part in each["loc"]],
            "msg": each["msg"][:LONGEST_MESSAGE],
        }
        for each in found
    ]


async def _arguments(request: web.Request, op: Operation) -> dict[str, Any]:
    path = {n: t.validate_strings(request.match_info[n], context=INCOMING) for n, t in op.path_adapters.items()}
    version = {"if_match": _version(request)} if op.if_match else {}
    found: dict[str, Any] = strict.clean(path | version)
    if op.query:
        if len(set(request.query)) != len(request.query):
            raise Invalid("A query parameter is given twice.")
        found["query"] = op.query.model_validate_strings(strict.clean(dict(request.query)), context=INCOMING)
    if op.body and not op.stream:
        if request.content_type != "application/json":  # a form on another site cannot send this type (CSRF)
            raise web.HTTPUnsupportedMediaType
        raw = strict.clean_json(await _body(request, op))
        # strict: "1" is not accepted as a number
        found["body"] = op.body.model_validate_json(raw, strict=True, context=INCOMING)
    return found


async def _body(request: web.Request, op: Operation) -> bytes:
    """The request body; short for a caller who has not signed in, because it is parsed before we know who they are."""
    return await (request.clone(client_max_size=OPEN_LIMIT) if op.policy.open else request).read()


def _version(request: web.Request) -> int:
    tags = request.if_match or ()
    if len(tags) != 1 or tags[0].is_weak:
        raise Invalid("If-Match must carry the one ETag that was read.")
    if not re.fullmatch(VERSION, tags[0].value):
        raise Invalid("If-Match must carry the ETag as it was read.")
    return int(tags[0].value)


async def endpoint(request: web.Request) -> web.StreamResponse:
    operation = request[OPERATION]
    result = await operation.handler(request, **request[ARGUMENTS])
    if isinstance(result, web.StreamResponse):
        return result
    if result is None:
        return web.Response(status=204)
    response = web.Response(text=result.model_dump_json(), status=operation.status, content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    if isinstance(result, Versioned):
        response.etag = str(result.version)
    return response


def now(request: web.Request) -> datetime:
    """The only way a handler learns the time, so that a test can stop it."""
    return request.config_dict[CLOCK]()
