"""Who is asking, for imaging; and the orders to hide or show a study."""

from collections.abc import Mapping
from hmac import compare_digest

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from imaging.actor import Actor as ImagingActor
from imaging.actor import Authenticate
from imaging.archive import Archive
from telemed.access.grants import CLINICAL
from telemed.access.model import Actor
from telemed.access.policy import ACTOR, identify
from telemed.access.remembered import Remembered
from telemed.bridge.model import LeafOrder
from telemed.bridge.orders import Give, Orders
from telemed.history.consumers import Heard
from telemed.studies import lookup as studies
from telemed.studies.events import OfHiding
from telemed.studies.rules import IMAGING, SENDING

HIDES = (OfHiding,)


def authenticate_with(remembered: Remembered) -> Authenticate:
    async def authenticate(request: web.Request) -> ImagingActor | None:
        """By cookie or bearer, as in /api. What they may see is decided by imaging's own copy of the grants."""
        found = await identify(request, remembered.find)
        own = request.match_info.get("signin")  # in addresses that browsers cache
        if found is None or (own is not None and not compare_digest(own, found.images)):
            return None
        request[ACTOR] = found
        return imaging_actor(found)

    return authenticate


def imaging_actor(actor: Actor) -> ImagingActor:
    return ImagingActor(
        id=str(actor.id),
        subjects=actor.subjects,
        hospital=actor.hospital_id,
        reads_own=actor.has(*CLINICAL),
        stores=actor.has(*SENDING),
        sees_hidden=actor.has(*IMAGING),
    )


class HiddenStudies:
    """Orders imaging to hide or show a study when `telemed.studies` has decided so."""

    def __init__(self, orders: Orders, archive: Archive) -> None:
        self._orders, self._archive = orders, archive
        self.leaves: Mapping[str, Give] = {"study.hide": self._carry_out}

    async def consume(self, db: AsyncSession, heard: Heard) -> None:
        """Orders what is true now, so that an event heard late or twice never shows a study that is hidden since."""
        if isinstance(heard.event, OfHiding):
            hospital, uid = heard.about.hospital_id, heard.event.study_uid
            on, target = await studies.hidden(db, hospital, uid), f"{hospital}/{uid}"
            await self._orders.keep(db, "study.hide", target, on=on)

    async def _carry_out(self, order: LeafOrder) -> None:
        hospital, _, uid = order.target.partition("/")
        await self._archive.set_hidden(hospital, uid, order.data["on"], order.rev)
