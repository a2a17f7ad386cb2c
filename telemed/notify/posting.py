"""Group robots of WeCom and DingTalk: the two JSON shapes, and what the answer means."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote_plus
from uuid import UUID

import aiohttp
import structlog
from pydantic_core import from_json

from telemed.kit.clock import utcnow
from telemed.kit.lookup import Lookup, look_up
from telemed.kit.sealed import Seal, Unreadable
from telemed.notify.addresses import Address, opened
from telemed.notify.allowed import Allowed, Pinned, Refused
from telemed.notify.message import Message
from telemed.notify.outcome import NotSent, fault
from telemed.notify.ports import Post
from telemed.work.outgoing import Robot, RobotKind

log = structlog.get_logger(__name__)
PATIENCE: Final = aiohttp.ClientTimeout(total=10, sock_connect=5)
LONGEST_ANSWER: Final = 16 * 1024


class Robots:
    """Posts to group robots, and nowhere that the allow-list does not name."""

    def __init__(self, allowed: Allowed, seal: Seal, lookup: Lookup = look_up) -> None:
        self._allowed, self._seal, self._lookup = allowed, seal, lookup

    async def send(self, due: Sequence[Post]) -> dict[UUID, NotSent | None]:
        """One after the other; a sender who wants them side by side sends them singly."""
        return {each.id: await self.post(each.robot, each.message) for each in due}

    async def post(self, robot: Robot, message: Message) -> NotSent | None:
        """None if the robot's server says that it has taken it. Raises nothing.

        Redirects are not followed, proxies not asked.
        """
        try:
            return await self._post(robot, message)
        except Unreadable:
            return NotSent.sealed
        except TimeoutError:
            return NotSent.slow
        except (aiohttp.ClientError, OSError, ValueError) as failure:
            if any(isinstance(each, Refused) for each in (failure, failure.__cause__, getattr(failure, "os_error", 0))):
                return NotSent.private
            return NotSent.away
        except Exception as failure:
            return fault("robot", robot.id, failure)

    async def _post(self, robot: Robot, message: Message) -> NotSent | None:
        address = opened(robot, self._seal)
        if not self._allowed.has(address.url):  # the list may have changed since the robot was entered
            return NotSent.not_allowed
        connector = aiohttp.TCPConnector(resolver=Pinned(self._allowed, self._lookup), use_dns_cache=False)
        async with (
            aiohttp.ClientSession(connector=connector, timeout=PATIENCE, cookie_jar=aiohttp.DummyCookieJar()) as client,
            client.post(
                signed(robot.kind, address, utcnow()), json=shaped(robot.kind, message), allow_redirects=False
            ) as answer,
        ):
            return await _understood(answer)


def shaped(kind: RobotKind, message: Message) -> dict[str, Any]:
    """The JSON of a message; WeCom's in plain text, because its groups may be read in WeChat, which shows no markup."""
    match kind:
        case RobotKind.wecom:
            mentioned = ["@all"] if message.urgent else []
            return {"msgtype": "text", "text": {"content": message.text, "mentioned_list": mentioned}}
        case RobotKind.dingtalk:
            told = [f"- {label}：{value}" if label else value for label, value in message.lines]
            link = [f"[{message.open}]({message.link})"] if message.link else []
            text = "\n\n".join([f"#### {message.title}", "\n".join(told), *link])
            return {
                "msgtype": "markdown",
                "markdown": {"title": message.title, "text": text},
                "at": {"isAtAll": message.urgent},
            }


def signed(kind: RobotKind, address: Address, now: datetime) -> str:
    """The address; of a DingTalk robot with 加签 together with the time and its signature.

    The time is the real one, also where a demonstration's clock is ahead: the other server compares it with its own.
    """
    if kind is not RobotKind.dingtalk or not address.secret:
        return address.url
    stamp = str(round(now.timestamp() * 1000))
    digest = hmac.digest(address.secret.encode(), f"{stamp}\n{address.secret}".encode(), hashlib.sha256)
    joint = "&" if "?" in address.url else "?"
    return f"{address.url}{joint}timestamp={stamp}&sign={quote_plus(base64.b64encode(digest))}"


async def _understood(answer: aiohttp.ClientResponse) -> NotSent | None:
    """Both say 200 and an `errcode` that is not 0 when they refuse."""
    if 300 <= answer.status < 400:
        return NotSent.redirected
    body = bytearray()
    async for chunk in answer.content.iter_any():
        body += chunk
        if len(body) > LONGEST_ANSWER:
            return NotSent.refused
    try:
        said = from_json(bytes(body))
    except ValueError:  # no JSON, or nested too deep
        said = None
    code = said.get("errcode") if isinstance(said, dict) else None
    if answer.status == 200 and code == 0 and not isinstance(code, bool):
        return None
    log.info("a robot's server refused a message", status=answer.status, code=code if isinstance(code, int) else None)
    return NotSent.refused
