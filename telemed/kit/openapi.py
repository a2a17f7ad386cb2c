"""Build the OpenAPI 3.1 document from the registered operations."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter

from telemed.kit.http import Operation, Routes

Schemas = dict[Any, dict[str, Any]]
PROBLEM = {"$ref": "#/components/responses/Problem"}


class Problem(BaseModel):
    """RFC 9457. `reason` is finer than `code`; some problems carry more members (`errors`, `missing`, `current`)."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    code: str
    instance: str
    reason: str | None = None


def document(mount: str, groups: Iterable[Routes], title: str, version: str) -> dict[str, Any]:
    """The whole document; `mount` is the path of the sub-app, because routes are relative to it."""
    operations = [op for group in groups for op in group.operations]
    kinds = {kind for op in operations for kind in (*op.path_params.values(), op.query, op.body) if kind}
    results = {op.result for op in operations if op.result} | {Problem}
    asked = [
        *((k, "validation", TypeAdapter(k)) for k in kinds),
        *((k, "serialization", TypeAdapter(k)) for k in results),
    ]
    schemas, extra = TypeAdapter.json_schemas(asked, ref_template="#/components/schemas/{model}")  # type: ignore[arg-type]
    components = extra["$defs"]
    paths: dict[str, Any] = {}
    for op in operations:
        paths.setdefault(mount + op.path, {})[op.method.lower()] = _operation(op, schemas, components)
    failed = {"application/problem+json": {"schema": schemas[Problem, "serialization"]}}
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version},
        "paths": paths,
        "components": {
            "schemas": components,
            "responses": {"Problem": {"description": "RFC 9457", "content": failed}},
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(op: Operation, schemas: Schemas, components: Schemas) -> dict[str, Any]:
    done: dict[str, Any] = {"description": "Done"}
    if op.result:
        done["content"] = {"application/json": {"schema": schemas[op.result, "serialization"]}}
    elif op.binary:
        done["content"] = {op.binary: {"schema": {"type": "string", "format": "binary"}}}
    out = {
        "operationId": f"{op.tag}_{op.handler.__name__}",
        "tags": [op.tag],
        "summary": (op.handler.__doc__ or "").strip(),
        "x-policy": op.policy.name,
        "security": [] if op.policy.open else [{"bearer": []}],
        "parameters": list(_parameters(op, schemas, components)),
        "responses": {str(op.status): done, **{str(s): PROBLEM for s in _problems(op)}},
    }
    if op.stream and op.method != "GET":
        out["requestBody"] = {"required": False, "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}
    elif op.body:
        content = {"application/json": {"schema": schemas[op.body, "validation"]}}
        out["requestBody"] = {"required": True, "content": content}
    return out


def _parameters(op: Operation, schemas: Schemas, components: Schemas) -> Iterable[dict[str, Any]]:
    for name, kind in op.path_params.items():
        yield {"name": name, "in": "path", "required": True, "schema": schemas[kind, "validation"]}
    if op.query:  # taken from the components, where the $refs of its enums resolve
        schema = components[op.query.__name__]
        for name, of in schema["properties"].items():
            yield {"name": name, "in": "query", "required": name in schema.get("required", []), "schema": of}
    if op.if_match:
        yield {"name": "If-Match", "in": "header", "required": True, "schema": {"type": "string"}}
    if op.method == "POST" and (op.transaction or op.stream):
        key = {"type": "string", "minLength": 1, "maxLength": 100}
        yield {"name": "Idempotency-Key", "in": "header", "required": False, "schema": key}


def _problems(op: Operation) -> list[int]:
    closed, changes, asks = not op.policy.open, op.method != "GET", op.path_params or op.query or op.body
    possible = {
        401: closed,
        403: closed,
        404: op.path_params,
        409: changes,
        412: op.if_match,
        413: op.body or (op.stream and changes),
        415: op.body,
        422: asks,
        429: op.limited,
        500: True,
        503: True,
        507: changes,
    }
    return [status for status, is_possible in possible.items() if is_possible]
