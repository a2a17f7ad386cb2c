"""The routes of report templates and phrases."""

from typing import Annotated
from uuid import UUID

from aiohttp import web
from pydantic import StringConstraints

from telemed.access.policy import ACTOR, role
from telemed.db import DB
from telemed.kit.http import Routes, now
from telemed.reading import rules, templating
from telemed.reading.template_schemas import (
    PhraseIn,
    PhraseOut,
    TemplateIn,
    TemplateList,
    TemplateOut,
    TemplateVersions,
)

routes = Routes("", tag="templates")
readers = role(*rules.READERS)
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{1,40}$")]


@routes.get("/report-templates", policy=readers)
async def templates(request: web.Request) -> TemplateList:
    """The report templates of one's department, and phrases."""
    return await templating.all(request[DB], request[ACTOR])


@routes.get("/report-templates/{key}/versions", policy=readers)
async def versions(request: web.Request, key: Key) -> TemplateVersions:
    """All versions of one template, the newest first."""
    return await templating.versions(request[DB], request[ACTOR], key)


@routes.post("/report-templates", policy=readers, status=201)
async def create(request: web.Request, body: TemplateIn) -> TemplateOut:
    """Write a template for the department."""
    return await templating.create(request[DB], request[ACTOR], body, now(request))


@routes.put("/report-templates/{key}", policy=readers)
async def save(request: web.Request, key: Key, if_match: int, body: TemplateIn) -> TemplateOut:
    """Save the next version of a template; the version to match is its number."""
    return await templating.save(request[DB], request[ACTOR], key, if_match, body, now(request))


@routes.post("/report-templates/{key}/retire", policy=readers)
async def retire(request: web.Request, key: Key, if_match: int) -> TemplateOut:
    """Take a template out of use."""
    return await templating.retire(request[DB], request[ACTOR], key, if_match, now(request))


@routes.post("/report-phrases", policy=readers, status=201)
async def keep_phrase(request: web.Request, body: PhraseIn) -> PhraseOut:
    """Keep a phrase for oneself."""
    return await templating.keep_phrase(request[DB], request[ACTOR], body)


@routes.delete("/report-phrases/{id}", policy=readers)
async def drop_phrase(request: web.Request, id: UUID) -> None:
    """Remove a phrase of one's own."""
    await templating.drop_phrase(request[DB], request[ACTOR], id)
