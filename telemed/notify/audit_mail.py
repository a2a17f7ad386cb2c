"""Mails the signed head of the audit's chain once a day: a mailbox is a place that this server cannot rewrite."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import msgspec

from telemed.audit import heads
from telemed.db import Database
from telemed.kit.clock import Clock
from telemed.kit.table import new_id
from telemed.notify import words
from telemed.notify.mail import Mail
from telemed.notify.message import Message
from telemed.notify.ports import Letter

LOOK_EVERY: Final = timedelta(minutes=5)
SENT_ON: Final = "audit-head-mailed"  # a file of the data directory that holds the day


class HeadMail:
    """`to`: addresses outside this server; each gets the line that stands in the file of heads too."""

    def __init__(
        self, database: Database, key: heads.HeadKey, mail: Mail, to: tuple[str, ...], folder: Path, clock: Clock
    ) -> None:
        self._database, self._key, self._mail, self._to, self._clock = database, key, mail, to, clock
        self._sent_on = folder / SENT_ON

    async def send_due(self) -> Mapping[Any, Exception]:
        now = self._clock()
        day = now.astimezone(UTC).date().isoformat()
        if self._sent_on.exists() and self._sent_on.read_text() == day:
            return {}
        head = await heads.current(self._database, self._key, now)
        if head is None:
            return {}
        became = await self._mail.send([Letter(new_id(), to, "zh-CN", _written(head, now)) for to in self._to])
        failed = {str(id): OSError(str(why)) for id, why in became.items() if why is not None}
        if not failed:
            self._sent_on.write_text(day)
        return failed


def _written(head: heads.Head, now: datetime) -> Message:
    return Message(
        title=f"{words.AUDIT_HEAD('zh-CN')} / {words.AUDIT_HEAD('en')} {now:%Y-%m-%d}",
        lines=(("", words.KEEP_HEAD("zh-CN")), ("", words.KEEP_HEAD("en")), ("", msgspec.json.encode(head).decode())),
    )
