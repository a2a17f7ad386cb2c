"""`/calendar/<token>.ics`: one person's bookings for calendar programs, which sign in by the address alone.

Whatever is wrong with a token is answered alike. The address stands in no log (`kit/paths.py`).
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from aiohttp import web

from telemed.access.attempts import place
from telemed.activities.kinds import KINDS
from telemed.db import DATABASE, Database
from telemed.errors import NotFound, Unavailable
from telemed.interop import ics, service, words
from telemed.interop.entries import Entry
from telemed.interop.service import NOTED_EVERY, Owner
from telemed.kit.http import CLOCK
from telemed.kit.rate import Rate
from telemed.kit.site import SETTINGS

PATH: Final = "/calendar/{token}.ics"  # at the root, beside the pages; no sign-in is asked for
FORMAT: Final = "1"  # of what is written; another makes programs read all anew
OF_LINK, WITHIN = 30, timedelta(minutes=10)  # a program asks a few times an hour; several share a link
OF_STRANGER: Final = 60  # wrong tokens from one address: old links of a whole hospital behind one address
HEADERS: Final = {
    "Cache-Control": "private, no-cache",  # nothing in between keeps it, and a program asks whether it has changed
    "X-Robots-Tag": "noindex, nofollow",
    "Content-Disposition": 'inline; filename="telemed.ics"',
}
RATES: web.AppKey["Rates"] = web.AppKey("calendar_rates")


class Rates:
    def __init__(self) -> None:
        self.links, self.strangers = Rate(OF_LINK, WITHIN), Rate(OF_STRANGER, WITHIN)


async def fetch(request: web.Request) -> web.Response:
    database, now, rates = request.app[DATABASE], request.app[CLOCK](), request.app[RATES]
    async with database.read() as db:
        owner = await service.owner(db, request.match_info["token"])
        if owner is None:
            rates.strangers.count(place(request.remote or ""), now)
            raise NotFound("There is nothing here.")
        rates.links.count(str(owner.link.id), now)
        found = await service.entries(db, owner, request.app[KINDS], request.app[SETTINGS].origin, now)
    await _note(database, owner, request.headers.get("User-Agent", ""), now)
    name = words.CALENDAR(owner.language).format(name=owner.person.name)
    etag = _etag(found, name)
    if any(each.value in (etag, "*") for each in request.if_none_match or ()):
        response = web.Response(status=304, headers=HEADERS)
    else:
        written = await asyncio.to_thread(ics.feed, found, name)  # a millisecond for each entry
        response = web.Response(body=written, headers=HEADERS, content_type="text/calendar", charset="utf-8")
    response.etag = etag
    return response


def _etag(entries: Sequence[Entry], name: str) -> str:
    """Of what would be written, so that writing it is spared who has it."""
    return sha256(repr((FORMAT, name, entries)).encode()).hexdigest()[:32]


async def _note(database: Database, owner: Owner, user_agent: str, now: datetime) -> None:
    noted = owner.link.fetched_at
    if noted is None or now - noted >= NOTED_EVERY:
        with suppress(Unavailable):  # only a note: a read must not fail for it
            async with database.write() as db:
                await service.fetched(db, owner.link, user_agent, now)


def address_of(origin: str, token: str) -> str:
    return origin + PATH.format(token=token)
