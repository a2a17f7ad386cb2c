"""The second factor of one's own account: enrolling, replacing and removing it, and its recovery codes."""

from aiohttp import web

from telemed.access import own_password, second_factor
from telemed.access.account_policy import needs_second_factor, policy_of
from telemed.access.model import Account
from telemed.access.policy import ACTOR, signed_in
from telemed.audit.service import record_own
from telemed.db import DATABASE
from telemed.errors import Conflict
from telemed.kit.http import Routes, now
from telemed.people.account_schemas import Code, CodesOut, EnrolmentOut, PasswordProof
from telemed.people.enrolment import enrolment_of, phones_time, seal_of

routes = Routes("/account/second-factor", tag="account")


@routes.post("", policy=signed_in, transaction=False, limited=True)
async def enrol(request: web.Request, body: PasswordProof) -> EnrolmentOut:
    """Begin to enrol a second factor, or another in its place; it counts once it is confirmed."""
    await _prove(request, body)
    async with request.config_dict[DATABASE].write() as db:
        return await enrolment_of(request, db, await db.get_one(Account, request[ACTOR].id))


@routes.put("", policy=signed_in, transaction=False)
async def confirm(request: web.Request, body: Code) -> CodesOut:
    """Confirm it by its first code; the answer shows the recovery codes, this once."""
    who = request[ACTOR]
    async with request.config_dict[DATABASE].write() as db:
        had = await second_factor.enrolled(db, who.id)
        codes = await second_factor.confirm(db, seal_of(request), who.id, body.code, phones_time(request))
        record_own(db, who, "account.second_factor_enrolled", now(request), second_factor=(had, True))
        return CodesOut(codes=codes)


@routes.post("/recovery-codes", policy=signed_in, transaction=False, limited=True)
async def renew_codes(request: web.Request, body: PasswordProof) -> CodesOut:
    """New recovery codes, shown this once; those before are worth nothing any more."""
    await _prove(request, body)
    who = request[ACTOR]
    async with request.config_dict[DATABASE].write() as db:
        if not await second_factor.enrolled(db, who.id):
            raise Conflict("There is no second factor to recover.", reason="no_second_factor")
        record_own(db, who, "account.recovery_codes_renewed", now(request))
        return CodesOut(codes=await second_factor.renew_codes(db, who.id))


@routes.post("/removal", policy=signed_in, transaction=False, limited=True)
async def remove(request: web.Request, body: PasswordProof) -> None:
    """Remove the second factor, where the hospital does not ask for one."""
    await _prove(request, body)
    who = request[ACTOR]
    async with request.config_dict[DATABASE].write() as db:
        if needs_second_factor(await policy_of(db, who.hospital_id), who.roles, request.remote or ""):
            raise Conflict("The hospital asks for a second factor here.", reason="second_factor_needed")
        await second_factor.remove(db, who.id)
        record_own(db, who, "account.second_factor_removed", now(request), second_factor=(True, False))


async def _prove(request: web.Request, body: PasswordProof) -> None:
    database, who = request.config_dict[DATABASE], request[ACTOR]
    await own_password.prove(database, who, body.current, request.remote or "", now(request))
