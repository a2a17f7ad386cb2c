"""A FHIR server of our own on this machine, which can be slow, wrong, or another's."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.fakes.outside import HERE

Resource = dict[str, Any]
ME = {"reference": "Patient/p1"}


def bundle(*resources: Resource) -> Resource:
    return {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": each} for each in resources]}


def patient(number: str, **more: Any) -> Resource:
    return {
        "resourceType": "Patient",
        "id": "p1",
        "identifier": [{"system": "urn:zy", "value": number}],
        "name": [{"use": "official", "text": "吴松年"}],
        "gender": "male",
        "birthDate": "1962-01-02",
    } | more


def observation(category: str, **more: Any) -> Resource:
    return {
        "resourceType": "Observation",
        "status": "final",
        "category": [{"coding": [{"code": category}]}],
        "subject": ME,
        "effectiveDateTime": "2026-03-02T08:30:00+08:00",
    } | more


@dataclass
class FhirServer:
    """`answers`: by kind of resource, kind and category, or kind and id, what is answered: a document, bytes, a status,
    or "silent". `asked`: the paths and queries, with the Authorization header.
    """

    port: int = 0
    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://{HERE}:{self.port}/r4"

    @property
    def system(self) -> dict[str, Any]:
        said = {"kind": "fhir", "name": "FHIR", "address": self.address, "account": "telemed", "secret": "s3cret"}
        return said | {"mapping": {}}

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((request.path_qs, request.headers.get("Authorization", "")))
        kind = request.match_info["kind"]
        if "id" in request.match_info:
            kind = f"{kind}/{request.match_info['id']}"
        said = self.answers.get(f"{kind} {request.query.get('category', '')}".strip(), self.answers.get(kind, bundle()))
        if said == "silent":
            await asyncio.Event().wait()  # until the connection ends
        if isinstance(said, int):
            return web.Response(status=said, headers={"Location": "/elsewhere"} if said == 302 else {})
        if isinstance(said, bytes):
            return web.Response(body=said, content_type="application/fhir+json")
        return web.json_response(said, content_type="application/fhir+json")


@asynccontextmanager
async def fhir_server() -> AsyncIterator[FhirServer]:
    served = FhirServer()
    app = web.Application()
    app.router.add_get("/r4/{kind}", served.answer)
    app.router.add_get("/r4/{kind}/{id}", served.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, HERE, 0)
    await site.start()
    served.port = runner.addresses[0][1]
    try:
        yield served
    finally:
        await runner.cleanup()
