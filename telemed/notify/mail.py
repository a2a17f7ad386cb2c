"""Mail: one connection for what is due, a message to one person each, and what the server said of each."""

import asyncio
import ssl
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from ipaddress import ip_address
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID

import structlog
from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPTimeoutError,
)

from telemed.config import LOOPBACK
from telemed.kit.clock import utcnow
from telemed.notify import words
from telemed.notify.outcome import NotSent, fault
from telemed.notify.ports import Letter

log = structlog.get_logger(__name__)
PATIENCE: Final = 10.0  # seconds for each answer of the server
TOGETHER: Final = 30.0  # seconds for all that is due
BROKEN_OFF: Final = 2  # letters in a row at which the server hangs or hangs up: then it counts as away
LAST_FOR_GOOD: Final = 500  # codes from here on say that a later try will not succeed (RFC 5321 §4.2.1)


@dataclass(frozen=True)
class Mail:
    """A mail server: `smtp://user:password@host:587` (STARTTLS where it is offered) or `smtps://host:465` (TLS)."""

    host: str
    port: int
    tls: bool
    user: str
    password: str
    sender: str
    authority: ssl.SSLContext | None = None  # that signed its certificate, where it is not a public one

    @classmethod
    def of(cls, url: str, sender: str, origin: str) -> "Mail":
        """`origin`: of the pages; at its host is the sender's address where none is given.

        Raises ValueError for a URL of another kind.
        """
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parse_qs(parts.query):
            raise ValueError("must be smtp://user:password@host:587 or smtps://user:password@host:465")
        tls = parts.scheme == "smtps"
        user = unquote(parts.username or "")
        own = user if "@" in user else f"telemed@{_name(urlsplit(origin).hostname)}"
        return cls(
            host=parts.hostname,
            port=parts.port or (465 if tls else 587 if user else 25),
            tls=tls,
            user=user,
            password=unquote(parts.password or ""),
            sender=sender or own,
        )

    async def send(self, due: Sequence[Letter]) -> dict[UUID, NotSent | None]:
        """What became of each that was tried: None, or why it was not taken. Raises nothing.

        One that is refused, or at which the server hangs or hangs up, does not hold up the others. Those for which no
        time is left, or that stand behind `BROKEN_OFF` in a row, are missing.
        """
        done: dict[UUID, NotSent | None] = {}
        why = NotSent.slow
        try:
            async with asyncio.timeout(TOGETHER):
                await self._send(due, done)
        except (SMTPTimeoutError, TimeoutError):
            why = NotSent.slow
        except SMTPAuthenticationError:
            why = NotSent.login
        except _Unsafe:
            why = NotSent.unsafe
        except (SMTPException, OSError):
            why = NotSent.away
        except Exception as failure:
            why = fault("mail server", due[0].id, failure)
        return done or dict.fromkeys((each.id for each in due), why)

    async def _send(self, due: Sequence[Letter], done: dict[UUID, NotSent | None]) -> None:
        left, broken_off = deque(due), 0
        while left and broken_off < BROKEN_OFF:
            async with self._server() as server:
                await self._sign_in(server)
                while left:
                    letter = left.popleft()
                    done[letter.id] = NotSent.slow  # if the time is up at it
                    done[letter.id] = await self._one(server, letter)
                    if not server.is_connected:
                        broken_off += done[letter.id] is not None
                        break
                    broken_off = 0

    def _server(self) -> SMTP:
        return SMTP(
            hostname=self.host,
            port=self.port,
            use_tls=self.tls,
            start_tls=None if not self.tls else False,
            tls_context=self.authority,
            timeout=PATIENCE,
        )

    async def _sign_in(self, server: SMTP) -> None:
        if self.user:
            if not self._here and server.get_transport_info("sslcontext") is None:
                raise _Unsafe
            await server.login(self.user, self.password)

    @property
    def _here(self) -> bool:
        return self.host in LOOPBACK

    async def _one(self, server: SMTP, letter: Letter) -> NotSent | None:
        """Afterwards the server is still connected, or must be connected to anew."""
        for each in (*letter.first, letter):
            if (why := await self._alone(server, each)) is not None:
                return why
        return None

    async def _alone(self, server: SMTP, letter: Letter) -> NotSent | None:
        try:
            mail = self._written(letter)
        except Exception as failure:  # its address is none for Python's mail headers
            return fault("mail", letter.id, failure)
        try:
            await server.send_message(mail, sender=self.sender, recipients=[letter.to])
        except SMTPRecipientsRefused as refused:
            codes = [each.code for each in refused.recipients]
            return NotSent.address if min(codes, default=0) >= LAST_FOR_GOOD else NotSent.refused
        except SMTPSenderRefused:
            return NotSent.sender
        except SMTPResponseException as refused:
            if not server.is_connected:
                return NotSent.away
            log.info("the mail server refused a message", code=refused.code)
            return NotSent.refused
        except TimeoutError:
            server.close()
            return NotSent.slow
        except (SMTPException, OSError):
            server.close()
            return NotSent.away
        except Exception as failure:
            server.close()
            return fault("mail", letter.id, failure)
        return None

    def _written(self, letter: Letter) -> EmailMessage:
        mail = EmailMessage()
        mail["Subject"] = letter.message.title
        mail["From"] = self.sender
        mail["To"] = letter.to
        mail["Date"] = format_datetime(utcnow())
        mail["Message-ID"] = f"<{letter.id}@{self.sender.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
        if letter.message.urgent:
            mail["Importance"] = "high"
        text = f"{letter.message.text}\n\n-- \n{words.WHY_MAIL(letter.language)}\n"
        mail.set_content(text, cte="base64")
        if (invitation := letter.invitation) is not None:  # as bytes, or the lines would lose their CR (RFC 5545 §3.1)
            how = {"method": invitation.method, "charset": "utf-8"}
            mail.add_alternative(invitation.ics, maintype="text", subtype="calendar", cte="base64", params=how)
        return mail


class _Unsafe(Exception):
    """The password would travel in the clear."""


def _name(host: str | None) -> str:
    """The host, if it has a name: no mail server takes a sender at a bare address."""
    try:
        ip_address(host or "127.0.0.1")
    except ValueError:
        return host or ""
    return "localhost"
