"""A mail server and a robots' server on this machine, which can go away and come back on their ports."""

import asyncio
import ssl
from collections.abc import Iterable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from queue import SimpleQueue
from typing import Any

from aiohttp import web
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from telemed.kit.ports import free_port

HERE = "127.0.0.1"


@dataclass
class PostOffice:
    """A real SMTP server. `unknown`: addresses that it does not know. `busy`: it takes nothing just now.

    `hangs`, `hangs_up`: addresses at which it answers no more, or ends the connection; `tried`: all it was asked for;
    `hanging`: it has come to one of them.
    `tls`: it offers STARTTLS. `password`: what somebody must give who signs in; none need to.
    `arrived`: its mails once more, for another thread that waits for them.
    """

    host: str = HERE
    tls: ssl.SSLContext | None = None
    password: str = ""
    port: int = field(default_factory=free_port)
    unknown: set[str] = field(default_factory=set)
    hangs: set[str] = field(default_factory=set)
    hangs_up: set[str] = field(default_factory=set)
    tried: list[str] = field(default_factory=list)
    hanging: asyncio.Event = field(default_factory=asyncio.Event)
    busy: bool = False
    mails: list[EmailMessage] = field(default_factory=list)
    arrived: SimpleQueue[EmailMessage] = field(default_factory=SimpleQueue)
    _server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        return f"smtp://{self.host}:{self.port}"

    @property
    def got(self) -> list[str]:
        return sorted(str(each["To"]) for each in self.mails)

    async def open(self) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: SMTP(
                self,
                hostname="mail.example",
                loop=loop,
                enable_SMTPUTF8=True,
                tls_context=self.tls,
                auth_require_tls=self.tls is not None,
                authenticator=self._signs_in,
            ),
            self.host,
            self.port,
        )

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
            self._server = None

    def _signs_in(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: object
    ) -> AuthResult:
        right = isinstance(given, LoginPassword) and given.password.decode() == self.password
        return AuthResult(success=right, handled=right)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.tried.append(address)
        if address in self.hangs_up and server.transport:
            server.transport.close()
        if address in self.hangs | self.hangs_up:
            self.hanging.set()
            await asyncio.Event().wait()  # until the connection ends
        if address in self.unknown:
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.busy:
            return "451 4.3.0 try again later"
        content = envelope.content
        assert isinstance(content, bytes)
        self.mails.append(message_from_bytes(content, _class=EmailMessage, policy=policy.default))
        self.arrived.put(self.mails[-1])
        return "250 OK"


@dataclass
class Chat:
    """Where group robots are. `answer` is its JSON, or `raw` what it says instead; `elsewhere`: it redirects there."""

    port: int = field(default_factory=free_port)
    answer: Any = field(default_factory=lambda: {"errcode": 0, "errmsg": "ok"})
    raw: bytes = b""
    elsewhere: str = ""
    said: list[tuple[str, Any]] = field(default_factory=list)
    _runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        return f"http://{HERE}:{self.port}/cgi-bin/webhook/send?key=secret-of-the-group"

    @property
    def origin(self) -> str:
        return f"http://{HERE}:{self.port}"

    async def open(self) -> None:
        app = web.Application()
        app.router.add_post("/{path:.*}", self._hear)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, HERE, self.port).start()

    async def close(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _hear(self, request: web.Request) -> web.Response:
        self.said.append((request.path_qs, await request.json()))
        if self.elsewhere:
            raise web.HTTPTemporaryRedirect(self.elsewhere)
        return web.Response(body=self.raw) if self.raw else web.json_response(self.answer)


def texts(mails: Iterable[EmailMessage]) -> str:
    """All that stands in these mails."""
    return "\n".join(
        f"{each['Subject']}\n{part.get_content()}" for each in mails for part in each.walk() if not part.is_multipart()
    )
