"""Signing in and out, and what a page needs to know when it starts."""

from collections.abc import Sequence
from importlib.metadata import version

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import sessions
from telemed.access.account_policy import policy_of
from telemed.access.browsers import named
from telemed.access.model import Account, Actor, SignIn
from telemed.access.policy import ACTOR, HALF, device_cookie, public, refuse_other_sites, signed_in
from telemed.access.policy import begun as has_begun
from telemed.access.sessions import COOKIE, LIFE, Where
from telemed.access.unsent import UnsentKeys
from telemed.audit.service import record
from telemed.db import DATABASE, DB
from telemed.kit.http import Routes, now
from telemed.kit.model import Model
from telemed.kit.site import SETTINGS, same_host
from telemed.people import service
from telemed.people.calendars import years_entered
from telemed.people.ended import tell_ended
from telemed.people.model import Department, Hospital, HospitalKind, Staff
from telemed.people.ports import AtDevices
from telemed.people.schemas import (
    ActorOut,
    Credentials,
    HospitalOut,
    LanguageChoice,
    OwedOut,
    SessionOut,
)

VERSION = version("telemed")
routes = Routes("/session", tag="session")
UNSENT: web.AppKey[UnsentKeys] = web.AppKey("unsent_keys", UnsentKeys)
AT_DEVICES: web.AppKey[AtDevices] = web.AppKey("at_devices")


@routes.post("", policy=public, transaction=False, answers=SessionOut, limited=True)
async def sign_in(request: web.Request, body: Credentials) -> web.Response:
    """Sign in with user name and password; the answer sets the cookie, and says what is owed before anything else."""
    refuse_other_sites(request)
    database, life = request.config_dict[DATABASE], request.config_dict[LIFE]
    async with database.read() as db:
        where = await place_of(request, db)
    _, token = await sessions.sign_in(database, body.username, body.password, where, now(request), life)
    return await began(request, token)


@routes.get("", policy=public)
async def session(request: web.Request) -> SessionOut:
    """Who is signed in, and where signaling and images are."""
    return await _session(request, request[DB], request.get(ACTOR) or request.get(HALF))


@routes.delete("", policy=has_begun)
async def sign_out(request: web.Request) -> web.Response:
    """Sign out: the session ends and the browser forgets its cached images."""
    await _end(request, request[DB], request.get(ACTOR) or request[HALF])
    response = web.Response(status=204, headers={"Clear-Site-Data": '"cache"'})
    response.del_cookie(request.config_dict[COOKIE], path="/", secure=request.config_dict[SETTINGS].secure)
    return response


@routes.patch("", policy=signed_in)
async def choose_language(request: web.Request, body: LanguageChoice) -> SessionOut:
    """Keep the language of this account."""
    account = await request[DB].get_one(Account, request[ACTOR].id)
    account.language = body.language
    await request[DB].flush()
    return await _session(request, request[DB], request[ACTOR])


async def began(request: web.Request, token: str) -> web.Response:
    """The answer to a step of signing in: the cookie of the sign-in that it made, and what is known or owed now."""
    actor = await begun(request, token)
    async with request.config_dict[DATABASE].read() as db:
        out = await _session(request, db, actor)
    return with_cookie(request, token, out)


async def begun(request: web.Request, token: str, by: str = "password") -> Actor:
    """Whose new sign-in this is; the one before it on this browser has ended."""
    database, at = request.config_dict[DATABASE], now(request)
    actor = await sessions.find_actor(database, token, at, request.config_dict[LIFE])
    if actor is None:
        raise RuntimeError("a fresh sign-in is not found")
    async with database.write() as db:
        record(db, actor, "session.begun" if actor.owes else "session.signed_in", str(actor.id), at)
        await _end_the_one_before(request, db, actor)
        if not actor.owes:
            await request.config_dict[AT_DEVICES].entered(db, actor, by, at)
    return actor


def with_cookie(request: web.Request, token: str, out: Model) -> web.Response:
    """An answer that makes this the browser's sign-in."""
    response = web.json_response(text=out.model_dump_json())
    response.set_cookie(
        request.config_dict[COOKIE],
        token,
        httponly=True,
        secure=request.config_dict[SETTINGS].secure,
        samesite="Lax",
        path="/",
        max_age=int(request.config_dict[LIFE].absolute.total_seconds()),
    )
    response.headers["Cache-Control"] = "no-store"
    return response


async def place_of(request: web.Request, db: AsyncSession) -> Where:
    secret = request.cookies.get(device_cookie(request))
    device_id = await request.config_dict[AT_DEVICES].device(db, secret) if secret else None
    return Where(request.remote or "", named(request.headers.get("User-Agent", "")), device_id)


async def _end_the_one_before(request: web.Request, db: AsyncSession, actor: Actor) -> None:
    """Ends the sign-in of somebody who is still signed in on this browser (S3)."""
    before = request.get(ACTOR) or request.get(HALF)
    if before is None or "Authorization" in request.headers:
        return
    if before.owes and before.id == actor.id:  # the step before
        await sessions.sign_out(db, before.sid)
    else:
        await _end(request, db, before)


async def _end(request: web.Request, db: AsyncSession, actor: Actor) -> None:
    await sessions.sign_out(db, actor.sid)
    record(db, actor, "session.signed_out", str(actor.id), now(request))
    tell_ended(db, [actor.sid], actor.hospital_id, now(request))


async def _session(request: web.Request, db: AsyncSession, found: Actor | None) -> SessionOut:
    actor = None if found is None or found.owes else found
    settings = request.config_dict[SETTINGS]
    sign_in = await db.get(SignIn, actor.sid) if actor else None
    hospitals = await service.hospitals(db)
    return SessionOut(
        version=VERSION if actor else "",
        actor=await _actor(db, actor) if actor else None,
        owed=await _owed(db, found) if found and found.owes else None,
        hospitals=[HospitalOut.model_validate(each) for each in hospitals] if actor else [],
        roles=sorted(actor.roles) if actor else [],
        server_time=now(request),
        signaling_url=same_host(request, settings.signaling_url),
        dicomweb_url=f"/dicomweb/s/{actor.images}" if actor else "",
        imaging_url=f"/imaging/s/{actor.images}" if actor else "",
        site_name=settings.site_name,
        help_phone=_help_phone(hospitals, actor),
        demo=settings.demo,
        clock_ahead=round(settings.demo_ahead.total_seconds()) if settings.demo else 0,
        expires_at=sign_in.expires_at if sign_in else None,
        unsent_key=request.config_dict[UNSENT].of(actor.id) if actor else None,
        holidays=await years_entered(db) if actor else [],
        at_device=actor is not None and actor.device_id is not None,
    )


async def _owed(db: AsyncSession, half: Actor) -> OwedOut:
    account, person = await db.get_one(Account, half.id), await db.get_one(Staff, half.id)
    policy = await policy_of(db, account.hospital_id)
    return OwedOut(
        owes=half.owes[0],
        username=account.username,
        name=person.name,
        name_en=person.name_en,
        password_length=policy.length,
    )


def _help_phone(hospitals: Sequence[Hospital], actor: Actor | None) -> str:
    """The own hub's; for the staff of branches and for strangers the first hub's."""
    hubs = [each for each in hospitals if each.kind is HospitalKind.hub]
    own = [each for each in hubs if actor and each.id == actor.hospital_id]
    return next((each.coordinator_phone for each in own + hubs), "")


async def _actor(db: AsyncSession, actor: Actor) -> ActorOut:
    account = await db.get_one(Account, actor.id)
    person = await db.get_one(Staff, actor.id)
    department = await db.get(Department, actor.department_id) if actor.department_id else None
    return ActorOut(
        id=actor.id,
        username=account.username,
        name=person.name,
        name_en=person.name_en,
        title=person.title,
        hospital_id=actor.hospital_id,
        department_id=actor.department_id,
        department=department.name if department else "",
        department_en=department.name_en if department else "",
        language=account.language,
    )
