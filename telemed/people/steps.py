"""What may be owed after the right password: the second factor, a password of one's own, enrolling the factor."""

from aiohttp import web

from telemed.access import attempts, own_password, second_factor, sessions
from telemed.access.model import Account, Owed
from telemed.access.policy import HALF, owing
from telemed.access.second_factor import Taken
from telemed.access.sessions import LIFE
from telemed.audit.service import record_own
from telemed.db import DATABASE
from telemed.errors import NotAllowed
from telemed.kit.http import Routes, now
from telemed.people.account_schemas import Code, CodesOut, EnrolmentOut
from telemed.people.ended import tell_ended
from telemed.people.enrolment import enrolment_of, phones_time, seal_of
from telemed.people.schemas import NewPassword, SessionOut
from telemed.people.sign_in import began, begun, with_cookie

routes = Routes("/session", tag="session")


@routes.post("/second-factor", policy=owing(Owed.second_factor), transaction=False, answers=SessionOut, limited=True)
async def second_step(request: web.Request, body: Code) -> web.Response:
    """Give a code of the second factor, or a recovery code; the answer sets a new cookie."""
    database, half, at = request.config_dict[DATABASE], request[HALF], now(request)
    counter, address = attempts.counter_of_codes(half.id), attempts.place(request.remote or "")
    async with attempts.attempt(database, counter, at, address=address, account=half.id), database.write() as db:
        taken = await second_factor.accepts(db, seal_of(request), half.id, body.code, phones_time(request))
        if taken is None:
            raise NotAllowed("This code is wrong or was used before.", reason="code_wrong")
        if taken is Taken.recovery_code:
            record_own(db, half, "account.recovery_code_used", at)
        token = await sessions.step_up(db, half, at, request.config_dict[LIFE])
    return await began(request, token)


@routes.put("/password", policy=owing(Owed.new_password), transaction=False, answers=SessionOut)
async def choose_password(request: web.Request, body: NewPassword) -> web.Response:
    """Choose a password after a one-time one; the answer sets a new cookie, and other sign-ins end."""
    database, half, at = request.config_dict[DATABASE], request[HALF], now(request)
    kept = await own_password.hashed_new(database, half, body.password)
    async with database.write() as db:
        ended = await own_password.keep(db, half, kept, at)
        record_own(db, half, "account.password_changed", at)
        tell_ended(db, ended, half.hospital_id, at)
        token = await sessions.step_up(db, half, at, request.config_dict[LIFE])
    return await began(request, token)


@routes.post("/second-factor/enrolment", policy=owing(Owed.enrolment), transaction=False)
async def enrol_first(request: web.Request) -> EnrolmentOut:
    """Begin to enrol a second factor, which the hospital asks for before one is signed in."""
    async with request.config_dict[DATABASE].write() as db:
        account = await db.get_one(Account, request[HALF].id)
        return await enrolment_of(request, db, account)


@routes.put("/second-factor/enrolment", policy=owing(Owed.enrolment), transaction=False, answers=CodesOut)
async def confirm_first(request: web.Request, body: Code) -> web.Response:
    """Confirm it by its first code; the answer sets a new cookie and shows the recovery codes, this once."""
    database, half, at = request.config_dict[DATABASE], request[HALF], now(request)
    async with database.write() as db:
        codes = await second_factor.confirm(db, seal_of(request), half.id, body.code, phones_time(request))
        record_own(db, half, "account.second_factor_enrolled", at, second_factor=(False, True))
        token = await sessions.step_up(db, half, at, request.config_dict[LIFE])
    await begun(request, token)
    return with_cookie(request, token, CodesOut(codes=codes))
