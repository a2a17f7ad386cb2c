"""The web application: features, sub-apps, and middlewares in their order."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple

from aiohttp import web

from telemed.access.policy import actor, public
from telemed.access.replay import replay
from telemed.access.sessions import COOKIE, LIFE, ORIGIN, Life
from telemed.access.tickets import Keys
from telemed.access.unsent import UnsentKeys
from telemed.activities.kinds import KINDS, ActivityKind, Kinds
from telemed.administration import account_handlers, paper_handlers, place_handlers, roster_gaps, staff_handlers
from telemed.administration import handlers as administration
from telemed.audit.access_log import ACCESS_LOG, AccessLog, answered
from telemed.audit.break_glass import break_glass
from telemed.audit.reads import READS, Reads, reads
from telemed.audit.refusals import WHOSE, refusals
from telemed.break_glass import handlers as break_glass_routes
from telemed.break_glass.activity import KIND as BREAK_GLASS
from telemed.cases import handlers as cases
from telemed.config import Settings
from telemed.consultations import handlers as consultations
from telemed.consultations.activity import CONSULTATION
from telemed.critical_findings import handlers as critical_findings
from telemed.critical_findings.activity import FINDING
from telemed.db import DATABASE, Database, transaction
from telemed.devices import handlers as devices
from telemed.devices import site_handlers, stay_handlers
from telemed.devices.staying import DeviceStays
from telemed.disclosures import handlers as disclosures
from telemed.disclosures import named
from telemed.disclosures.departments import outside_department
from telemed.files import handlers as files
from telemed.history import handlers as history
from telemed.home import handlers as home
from telemed.imports import handlers as imports
from telemed.interop import feed
from telemed.interop import handlers as interop
from telemed.kit.clock import Clock, utcnow
from telemed.kit.http import CLOCK, OPERATIONS, Routes, parse, policy
from telemed.kit.openapi import document
from telemed.kit.paging import CURSOR_SECRET
from telemed.kit.problem import problem
from telemed.kit.proxied import proxied
from telemed.kit.site import SETTINGS
from telemed.kit.timed import timed
from telemed.marks import handlers as marks
from telemed.marks.ports import Images
from telemed.notify import anew, live
from telemed.notify import handlers as notify
from telemed.notify.live import Live
from telemed.notify.outside import Outside
from telemed.opinions import handlers as opinions
from telemed.opinions import section_handlers
from telemed.opinions.service import OpinionsOf
from telemed.pages import add_hygiene, add_pages, headers
from telemed.people import account, own_badge, own_factor, sign_in, steps
from telemed.people import handlers as people
from telemed.people.ports import RecordChanged
from telemed.probes import Health, add_probes, measure
from telemed.quality import handlers as quality
from telemed.reading import (
    consultation_handlers,
    desk_handlers,
    grade_handlers,
    own_report_handlers,
    rule_handlers,
    template_handlers,
    together_handlers,
)
from telemed.reading import handlers as reading
from telemed.reading.activity import READING
from telemed.requests import handlers as requests
from telemed.rooms import handlers as rooms
from telemed.rooms.ports import Doors, IceServers
from telemed.rosters import handlers as rosters
from telemed.rosters import planning_handlers, standby_handlers
from telemed.rounds import beds, board_handlers, consent_handlers, note_handlers, series_handlers
from telemed.rounds import handlers as rounds
from telemed.rounds import template_handlers as round_templates
from telemed.rounds.activity import ROUND
from telemed.scheduling import find_handlers
from telemed.scheduling import handlers as scheduling
from telemed.scheduling import series_handlers as time_series
from telemed.scheduling.leave import on_leave
from telemed.sources import handlers as sources
from telemed.studies import handlers as studies

API = "/api"


class Feature(NamedTuple):
    """A feature: its routes, and the kind of activity that it registers, if any."""

    routes: Routes
    activity: ActivityKind | None = None


FEATURES: list[Feature] = [
    Feature(sign_in.routes),
    Feature(steps.routes),
    Feature(account.routes),
    Feature(own_factor.routes),
    Feature(own_badge.routes),
    Feature(interop.routes),
    Feature(people.routes),
    Feature(rosters.routes),
    Feature(planning_handlers.routes),
    Feature(standby_handlers.routes),
    Feature(sources.routes),
    Feature(files.routes),
    Feature(studies.routes),
    Feature(cases.routes),
    Feature(rooms.routes),
    Feature(time_series.routes),
    Feature(scheduling.routes),
    Feature(find_handlers.routes),
    Feature(devices.routes),
    Feature(stay_handlers.routes),
    Feature(site_handlers.routes),
    Feature(consultations.routes, CONSULTATION),
    Feature(requests.routes),
    Feature(opinions.routes),
    Feature(section_handlers.routes),
    Feature(reading.routes, READING),
    Feature(consultation_handlers.routes),
    Feature(desk_handlers.routes),
    Feature(grade_handlers.routes),
    Feature(own_report_handlers.routes),
    Feature(rule_handlers.routes),
    Feature(template_handlers.routes),
    Feature(together_handlers.routes),
    Feature(critical_findings.routes, FINDING),
    Feature(marks.routes),
    Feature(series_handlers.routes),
    Feature(rounds.routes, ROUND),
    Feature(note_handlers.routes),
    Feature(consent_handlers.routes),
    Feature(board_handlers.routes),
    Feature(round_templates.routes),
    Feature(quality.routes),
    Feature(home.routes),
    Feature(history.routes),
    Feature(administration.routes),
    Feature(account_handlers.routes),
    Feature(break_glass_routes.routes, BREAK_GLASS),
    Feature(disclosures.routes),
    Feature(place_handlers.routes),
    Feature(staff_handlers.routes),
    Feature(paper_handlers.routes),
    Feature(live.routes),
    Feature(notify.routes),
    Feature(imports.routes),
]
ASKED = (roster_gaps.GAP,)  # kinds of work that no route's module declares; the document of the API names them too
JSON_LIMIT = 1024 * 1024
about = Routes("", tag="about")


@dataclass(frozen=True)
class Ports:
    """What features need from outside or from above; `serve` provides it, tests fake it."""

    keys: Keys
    unsent: UnsentKeys
    doors: Doors
    record_changed: RecordChanged
    outside: Outside
    sources: sources.Sources
    images: Images
    ice: IceServers | None = None
    reads: Reads | None = None  # shared with imaging, if it is mounted
    live: Live = field(default_factory=Live)
    access: AccessLog = field(default_factory=AccessLog)


def build_app(
    db: Database,
    settings: Settings,
    ports: Ports,
    mounts: Mapping[str, web.Application],
    *,
    clock: Clock = utcnow,
    features: Sequence[Feature] = FEATURES,
    health: Health | None = None,
) -> web.Application:
    """The root app. `mounts` are the leaves' sub-apps by prefix; any other path is a page."""
    # `refusals` is outside `transaction`, to write after the rollback; `policy` is before `parse`, so that
    # strangers learn no schema; `parse` is before `transaction`, so that a slow body holds no lock; `reads` waits for
    # its commit when the transaction is over; `break_glass` asks again in a transaction of its own.
    order = [actor, refusals, policy, parse, reads, break_glass, transaction, replay]
    api = web.Application(middlewares=order, client_max_size=JSON_LIMIT)
    api[OPERATIONS] = {}
    for each in features:
        each.routes.mount(api)
    outermost = [proxied] if settings.behind_proxy else []
    root = web.Application(middlewares=[*outermost, answered, timed, headers, measure, problem])
    root[DATABASE], root[CLOCK] = db, clock
    root[READS], root[WHOSE] = ports.reads or Reads(db, outside_department), named.whose
    root[ACCESS_LOG] = ports.access
    root[SETTINGS], root[sign_in.UNSENT] = settings, ports.unsent
    root[sign_in.AT_DEVICES] = DeviceStays()
    root[people.PATIENT_SOURCE], root[people.RECORD_CHANGED] = ports.sources.systems, ports.record_changed
    root[rooms.DOORS], root[rooms.KEYS], root[rooms.ICE] = ports.doors, ports.keys, ports.ice
    root[live.LIVE] = root[home.PRESENT] = ports.live
    root[anew.SHOW], root[anew.TURNS] = beds.bed, asyncio.Semaphore(anew.AT_ONCE)
    root[notify.OUTSIDE], root[sources.SOURCES] = ports.outside, ports.sources
    root[consultations.OPINIONS] = OpinionsOf()
    root[marks.IMAGES] = ports.images
    root[planning_handlers.ON_LEAVE] = on_leave
    root[KINDS] = kinds(features)
    root[CURSOR_SECRET] = ports.unsent.secret_for(b"telemed cursor 1")  # cursors survive a restart
    root[COOKIE] = "__Host-telemed" if settings.secure else f"telemed_{settings.http_port}"
    root[ORIGIN] = settings.origins
    root[LIFE] = _life(settings)
    for prefix, app in {API: api, **mounts}.items():
        root.add_subapp(prefix, app)
    add_probes(root, health or Health())
    add_hygiene(root)
    root[feed.RATES] = feed.Rates()
    root.router.add_get(feed.PATH, feed.fetch)
    if settings.web_dir is not None:
        add_pages(root, settings.web_dir)
    return root


def kinds(features: Sequence[Feature] = FEATURES) -> Kinds:
    """All kinds of activity that the features register."""
    return Kinds(each.activity for each in features if each.activity is not None)


def _life(settings: Settings) -> Life:
    return Life(
        absolute=timedelta(hours=settings.session_hours),
        idle=timedelta(minutes=settings.idle_minutes),
        admin_idle=timedelta(minutes=settings.admin_idle_minutes),
    )


def openapi() -> dict[str, Any]:
    return document(API, [each.routes for each in FEATURES], "telemed", "1")


@about.get("/openapi.json", policy=public, transaction=False, binary="application/json")
async def describe(request: web.Request) -> web.Response:
    """This document."""
    return web.json_response(openapi())


FEATURES.append(Feature(about))
