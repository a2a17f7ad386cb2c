"""What the routes of the second factor share: the key of its secrets, the time of telephones, the QR code."""

from datetime import datetime
from typing import Final

import segno
from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import second_factor
from telemed.access.model import Account
from telemed.kit.http import now
from telemed.kit.sealed import Seal
from telemed.kit.site import SETTINGS
from telemed.people.account_schemas import EnrolmentOut
from telemed.people.sign_in import UNSENT

ISSUER: Final = "远程会诊协同"  # stands above the code on the telephone
GROUP: Final = 4


def seal_of(request: web.Request) -> Seal:
    return Seal(request.config_dict[UNSENT].secret_for(b"telemed second factor 1"))


def phones_time(request: web.Request) -> datetime:
    """The real time: a demonstration's clock may be ahead, but not that of the telephone that shows the codes."""
    return now(request) - request.config_dict[SETTINGS].demo_ahead


async def enrolment_of(request: web.Request, db: AsyncSession, account: Account) -> EnrolmentOut:
    secret = await second_factor.propose(db, seal_of(request), account.id)
    address = second_factor.address(secret, account.username, ISSUER)
    return EnrolmentOut(
        key=" ".join(secret[at : at + GROUP] for at in range(0, len(secret), GROUP)),
        address=address,
        qr=segno.make(address, micro=False).svg_data_uri(scale=4, border=4, light="#fff"),
    )
