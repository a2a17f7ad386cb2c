"""Makes the hospitals and the first administrator of an installation, and says what is still missing."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Role
from telemed.administration import command_line, hospitals, staffing
from telemed.administration.place_schemas import HospitalIn
from telemed.administration.staff_schemas import StaffIn
from telemed.config import KEPT
from telemed.db import Database
from telemed.errors import StartRefused
from telemed.people.model import Hospital, HospitalKind, Title
from telemed.setup import kept
from telemed.setup.answers import Answers, HospitalAnswer

TO_IMPORT: Final = (
    ("科室", "departments", "departments"),
    ("人员", "people", "staff"),
    ("会诊室", "venues", "venues"),
    ("合作协议", "agreements", "agreements"),
)
ELSEWHERE: Final = (
    ("值班表：登录后在「值班表」中排班", "rosters: sign in and draw them under “Rosters”"),
    (
        "影像来源和医院信息系统：在 telemed.env 中设置 TELEMED_SOURCE_ALLOW 和 TELEMED_DIMSE_PORT，"
        "登录后由各院管理员在「医院系统」中连接",
        "images and hospital systems: set TELEMED_SOURCE_ALLOW and TELEMED_DIMSE_PORT, then each hospital's "
        "administrator signs in and connects them under “Hospital systems”",
    ),
    ("邮件：在 telemed.env 中设置 TELEMED_SMTP_URL", "mail: set TELEMED_SMTP_URL in telemed.env"),
    (
        "中继（浏览器不能直接互通时需要）：在 telemed.env 中设置 TELEMED_TURN_URLS 和 TELEMED_TURN_SECRET",
        "a relay, for browsers that cannot reach each other: set TELEMED_TURN_URLS and TELEMED_TURN_SECRET",
    ),
)


def refuse_demonstration(data_dir: Path) -> None:
    """Raises StartRefused where a demonstration is, or was begun."""
    if (data_dir / "demo.json").exists():
        raise StartRefused(
            f"{data_dir} 中是演示数据，不能用于正式环境。请用 --data-dir 另选一个目录；其中的数据未作任何改动。",
            f"{data_dir} holds a demonstration, not real data. Choose another directory by --data-dir; nothing in it "
            "was changed.",
        )


async def refuse_used(db: AsyncSession, data_dir: Path) -> None:
    """Raises StartRefused, having changed nothing, if hospitals are there already."""
    if (await db.exec(select(Hospital.id).limit(1))).first() is not None:
        raise StartRefused(
            f"{data_dir} 已经初始化，未作任何改动。添加机构和人员请登录后在页面上操作，或用 telemed import；"
            f"新的一次性密码用 telemed user password；网址和证书在 {data_dir / KEPT} 中修改；"
            "要另建一套请用 --data-dir 另选一个目录。",
            f"{data_dir} has been initialised already; nothing was changed. Add hospitals and people on the pages "
            "or by `telemed import`, get a one-time password by `telemed user password`, change the address and "
            f"the certificate in {data_dir / KEPT}, or choose another directory by --data-dir.",
        )


async def make(database: Database, data_dir: Path, answers: Answers, web_dir: Path | None, now: datetime) -> str:
    """Writes the settings and, in one transaction, all rows. Returns the administrator's one-time password.

    Raises StartRefused as `refuse_used`.
    """
    async with database.write() as db:
        await refuse_used(db, data_dir)
        await _hospital(db, answers.hub, HospitalKind.hub, answers.hub.telephone or answers.site.telephone, now)
        for each in answers.branches:
            await _hospital(db, each, HospitalKind.branch, each.telephone, now)
        first = answers.administrator
        person = StaffIn(
            number=first.number,
            name=first.name,
            name_en=first.name_en,
            username=first.username,
            title=Title.administrator,
            phone=first.phone or None,
            roles=[Role.administrator],
        )
        saved = await staffing.save(db, None, answers.hub.code, person, now)
        password = await command_line.issue(db, saved.row.id, answers.hub.code, now)
        # Before the rows are committed: a start that is interrupted in between leaves no hospitals and is repeated.
        kept.write(data_dir, kept.settings(answers, web_dir))
    return password


async def _hospital(db: AsyncSession, new: HospitalAnswer, kind: HospitalKind, telephone: str, now: datetime) -> None:
    given = HospitalIn(
        kind=kind,
        name=new.name,
        name_en=new.name_en,
        licence_name=new.licence_name,
        coordinator_phone=telephone,
        time_zone=new.time_zone,
    )
    await hospitals.save(db, None, new.code, given, now)


def missing(answers: Answers, data_dir: Path, web_dir: Path | None) -> Iterator[tuple[str, str]]:
    """What a new installation has not yet, and how it gets it: Chinese and English."""
    if web_dir is None:
        yield (
            "页面：在程序目录运行 make build，再在 telemed.env 中设置 TELEMED_WEB_DIR",
            "pages: `make build` in the program's directory, then set TELEMED_WEB_DIR in telemed.env",
        )
    if not answers.branches:
        yield "分院：登录后在「机构」中添加", "branches: sign in and add them under “Hospitals”"
    for chinese, english, kind in TO_IMPORT:
        do = f"telemed import {kind} FILE --data-dir {data_dir}"
        yield (
            f"{chinese}：填好 telemed import template {kind} 给出的模板，然后 {do}，或在页面上添加",
            f"{english}: fill in `telemed import template {kind}`, then `{do}`, or on the pages",
        )
    yield from ELSEWHERE
