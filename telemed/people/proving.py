"""Whoever is signed in shows once more that it is they: by a code of their second factor, else by their password."""

from aiohttp import web

from telemed.access import attempts, own_password, second_factor
from telemed.access.policy import ACTOR
from telemed.access.second_factor import Taken
from telemed.audit.service import record_own
from telemed.db import DATABASE
from telemed.errors import NotAllowed
from telemed.kit.http import now
from telemed.people.enrolment import phones_time, seal_of


async def prove(request: web.Request, proof: str) -> None:
    """Raises NotAllowed if it is wrong, which counts as a failed try of the same kind at the sign-in."""
    database, who, at = request.config_dict[DATABASE], request[ACTOR], now(request)
    async with database.read() as db:
        has_factor = await second_factor.enrolled(db, who.id)
    if not has_factor:
        return await own_password.prove(database, who, proof, request.remote or "", at)
    counter, address = attempts.counter_of_codes(who.id), attempts.place(request.remote or "")
    async with attempts.attempt(database, counter, at, address=address, account=who.id), database.write() as db:
        taken = await second_factor.accepts(db, seal_of(request), who.id, proof, phones_time(request))
        if taken is None:
            raise NotAllowed("This code is wrong or was used before.", reason="code_wrong")
        if taken is Taken.recovery_code:
            record_own(db, who, "account.recovery_code_used", at)
