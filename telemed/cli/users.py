"""user: accounts in the hands of whoever runs the server: the first of a hospital, a lost password, a lock-out."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from cyclopts import App
from pydantic import ValidationError

from telemed.cli.base import T, app, clock_of, loading, named, with_database
from telemed.errors import StartRefused, TelemedError

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from telemed.db import Database

user = App(
    name="user",
    help="Accounts: add, password, second-factor, badge, disable, enable, unlock. The audit names the command line.",
)
app.command(user)
W = TypeVar("W", bound=StrEnum)
CHINESE = {
    "last_administrator": "这是该院最后一位系统管理员，不能停用：请先添加另一位。",
    "not_found": "没有这个账号或机构。",
    "staff_number_taken": "这个工号已有人使用。",
    "username_taken": "用户名「{username}」已有人使用，请换一个。",
    "username_unfit": "工号只能得出用户名「{username}」，无法用于登录：请另外指定用户名。",
    "missing": "姓名、工号和任职都要填写。",
}
ONCE = "一次性密码（只显示这一次，72 小时内有效）　one-time password, shown only now, good for 72 hours:"


@user.command
def add(
    username: str,
    *,
    hospital: str,
    number: str,
    name: str,
    title: str = "administrator",
    role: list[str],
    data_dir: Path | None = None,
) -> None:
    """Enter a person with an account, and print a one-time password, once. Many people: see `telemed import staff`.

    Parameters
    ----------
    username
        By which they sign in.
    hospital
        The code of their hospital.
    number
        Their staff number there.
    name
        Their name.
    title
        resident, attending, associate_chief, chief, nurse, technician or administrator.
    role
        What they do here, such as administrator, expert or requesting_doctor; may be given several times.
    data_dir
        Where the data are; else TELEMED_DATA_DIR.
    """

    async def work(db: "AsyncSession", now: datetime) -> str:
        from telemed.access.model import Role
        from telemed.administration import command_line
        from telemed.people.model import Title

        roles = [_word(Role, each, "role") for each in role]
        return await command_line.add(db, username, hospital, number, name, _word(Title, title, "title"), roles, now)

    print(ONCE, _run(data_dir, work))


@user.command
def password(username: str, *, data_dir: Path | None = None) -> None:
    """Print a new one-time password, once.

    It takes the place of their password, lifts a lock-out and ends their open sign-ins.
    """

    async def work(db: "AsyncSession", now: datetime) -> str:
        from telemed.administration import command_line

        return await command_line.new_password(db, username, now)

    print(ONCE, _run(data_dir, work))


@user.command
def disable(username: str, *, data_dir: Path | None = None) -> None:
    """Let nobody sign in by this account any more, and end its open sign-ins. What they did stays theirs."""

    async def work(db: "AsyncSession", now: datetime) -> int:
        from telemed.administration import command_line

        return await command_line.disable(db, username, now)

    waiting = _run(data_dir, work)
    print(f"已停用 {username}　disabled")
    if waiting:
        print(f"有 {waiting} 项（会诊、值守或待办）在等此人，请该院管理员在「人员」页移交。")
        print(f"{waiting} things (consultations, shifts, work) wait for them.")
        print("Their hospital's administrator hands these over on the page “People”.")


@user.command
def enable(username: str, *, data_dir: Path | None = None) -> None:
    """Let somebody sign in again, by the password they had."""

    async def work(db: "AsyncSession", now: datetime) -> None:
        from telemed.administration import command_line

        await command_line.enable(db, username, now)

    _run(data_dir, work)
    print(f"已启用 {username}　enabled")


@user.command
def unlock(username: str, *, data_dir: Path | None = None) -> None:
    """Lift a lock-out after too many wrong passwords."""

    async def work(db: "AsyncSession", now: datetime) -> None:
        from telemed.administration import command_line

        await command_line.unlock(db, username, now)

    _run(data_dir, work)
    print(f"已解锁 {username}　unlocked")


@user.command
def second_factor(username: str, *, data_dir: Path | None = None) -> None:
    """Take away a second factor whose telephone and recovery codes are lost, and end its person's open sign-ins."""

    async def work(db: "AsyncSession", now: datetime) -> bool:
        from telemed.administration import command_line

        return await command_line.remove_second_factor(db, username, now)

    if not _run(data_dir, work):
        raise StartRefused("此账号没有绑定两步验证。", "This account has no second factor.")
    print(f"已重置 {username} 的两步验证，原手机与备用码失效　second factor removed")


@user.command
def badge(username: str, *, data_dir: Path | None = None) -> None:
    """Make a badge that was lost worthless at every device; its person sets another one on their own page."""

    async def work(db: "AsyncSession", now: datetime) -> bool:
        from telemed.administration import command_line

        return await command_line.remove_badge(db, username, now)

    if not _run(data_dir, work):
        raise StartRefused("此账号没有登记工牌。", "This account has no badge.")
    print(f"已注销 {username} 的工牌　badge removed")


def _run(data_dir: Path | None, work: "Callable[[AsyncSession, datetime], Awaitable[T]]") -> T:
    with loading():
        from telemed.app import FEATURES  # declares what the use cases write

    assert FEATURES
    settings = named(data_dir)
    now = clock_of(settings.data_dir)()

    async def in_transaction(database: "Database") -> T:
        async with database.write() as db:
            return await work(db, now)

    try:
        return asyncio.run(with_database(settings, in_transaction))
    except ValidationError as wrong:
        raise StartRefused(*_not_right(wrong)) from wrong
    except TelemedError as refusal:
        chinese = CHINESE.get(str(refusal.extra.get("reason", refusal.code)), "")
        raise StartRefused(chinese.format(**refusal.extra), refusal.detail) from refusal


def _word(kind: type[W], word: str, option: str) -> W:
    try:
        return kind(word)
    except ValueError:
        every = ", ".join(kind)
        raise StartRefused(f"--{option} 没有「{word}」，可填：{every}", f"--{option} is one of: {every}") from None


def _not_right(wrong: ValidationError) -> tuple[str, str]:
    names = "、".join(str(each["loc"][0]) for each in wrong.errors())
    return f"这些参数不正确：{names}。", "; ".join(f"{each['loc'][0]}: {each['msg']}" for each in wrong.errors())
