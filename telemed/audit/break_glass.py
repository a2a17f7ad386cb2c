"""Where break-glass opens anything: a request that finds nothing is asked again with what its person has opened.

Nothing else looks at it, so that no route can forget what it does not open: it opens one patient, for reading only, and
is no part of any list, search, print, export or room. Whoever sees a patient anyway never comes here.
"""

from dataclasses import replace
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler

from telemed.access import grants
from telemed.access.model import Role
from telemed.access.policy import ACTOR
from telemed.audit.model import Purpose
from telemed.audit.reads import purpose_of
from telemed.audit.seeing import SEEN
from telemed.db import DATABASE
from telemed.errors import NotAllowed, NotFound
from telemed.kit.http import OPERATION, now

ROLES: Final = frozenset({Role.expert, Role.coordinator, Role.radiologist})
P = Purpose
OPENS: Final = frozenset({P.patient, P.case, P.request, P.consent, P.opinion, P.file, P.study})
REFUSED: Final = frozenset({P.print, P.export, P.room})


@web.middleware
async def break_glass(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Stands outside the transaction, which is over when the second look begins, and inside what keeps the reads."""
    try:
        return await handler(request)
    except NotFound:
        actor, purpose = request.get(ACTOR), purpose_of(request[OPERATION])
        reading = request.method == "GET"
        if actor is None or not actor.has(*ROLES) or purpose is P.break_glass:
            raise
        if reading and purpose not in OPENS | REFUSED:
            raise
        async with request.config_dict[DATABASE].read() as db:
            opened = await grants.opened_by_break_glass(db, actor, now(request))
        if not opened:
            raise
        if not reading or purpose in REFUSED:
            raise _only_read() from None
        request[ACTOR] = replace(actor, opened=opened)
        if (noted := SEEN.get()) is not None:
            noted.clear()  # of the first look, which has shown nothing
        return await handler(request)


def _only_read() -> NotAllowed:
    return NotAllowed(
        "What break-glass opens is only read: nothing is written, entered, printed, exported or downloaded. "
        "Otherwise there is no such thing.",
        reason="break_glass_only_reads",
    )
