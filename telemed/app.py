"""The root app, its sub-apps, the middlewares in order, and the list of features."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aiohttp import web

from telemed.access.policy import actor
from telemed.access.replay import replay
from telemed.access.sessions import COOKIE, LIFE, ORIGIN, Life
from telemed.access.tickets import Keys
from telemed.audit.service import refusals
from telemed.config import Settings
from telemed.db import DATABASE, Database, transaction
from telemed.files import handlers as files
from telemed.kit.clock import Clock, utcnow
from telemed.kit.http import CLOCK, OPERATIONS, Routes, parse, policy
from telemed.kit.openapi import document
from telemed.kit.problem import problem
from telemed.people import handlers as people
from telemed.people import session
from telemed.people.ports import PatientSource
from telemed.scheduling import handlers as scheduling

API = "/api"
FEATURES: list[Routes] = [session.routes, people.routes, files.routes, scheduling.routes]
JSON_LIMIT = 1024 * 1024


@dataclass(frozen=True)
class Ports:
    """What the features ask for from outside or from above; `serve` fills it, tests fake it."""

    keys: Keys
    patients: PatientSource


def build_app(
    db: Database,
    settings: Settings,
    ports: Ports,
    mounts: Mapping[str, web.Application],
    *,
    clock: Clock = utcnow,
    extra: Callable[[web.Application], None] | None = None,
) -> web.Application:
    """`mounts` are the leaves' sub-apps by prefix; `extra` adds what stands at the root (pages, probes)."""
    # refusals stands outside transaction, so it writes after the rollback; policy stands before parse,
    # so strangers learn no schema; parse stands before transaction, so a slow body holds no lock.
    api = web.Application(middlewares=[actor, refusals, policy, parse, transaction, replay], client_max_size=JSON_LIMIT)
    api[OPERATIONS] = {}
    for routes in FEATURES:
        routes.mount(api)
    root = web.Application(middlewares=[problem])
    root[DATABASE], root[CLOCK] = db, clock
    root[session.SETTINGS] = settings
    root[people.PATIENT_SOURCE] = ports.patients
    root[COOKIE] = "__Host-telemed" if settings.secure else f"telemed_{settings.http_port}"
    root[ORIGIN] = frozenset({settings.origin, settings.origin.replace("127.0.0.1", "localhost")})
    root[LIFE] = _life(settings)
    for prefix, app in {API: api, **mounts}.items():
        root.add_subapp(prefix, app)
    if extra is not None:
        extra(root)
    return root


def _life(settings: Settings) -> Life:
    return Life(
        absolute=timedelta(hours=settings.session_hours),
        idle=timedelta(minutes=settings.idle_minutes),
        admin_idle=timedelta(minutes=settings.admin_idle_minutes),
    )


def openapi() -> dict[str, Any]:
    return document(API, FEATURES, "telemed", "1")
