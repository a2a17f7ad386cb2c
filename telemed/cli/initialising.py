"""init: from an empty directory to a product that starts."""

import asyncio
import sys
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from telemed.cli.base import app, loading, settings_in
from telemed.errors import StartRefused

if TYPE_CHECKING:
    from telemed.setup.answers import Answers

PAGES = Path(__file__).parent.parent.parent / "web" / "dist"


@app.command
def init(
    *,
    data_dir: Path | None = None,
    answers: Path | None = None,
    example: Annotated[bool, Parameter(negative="")] = False,
) -> None:
    """Prepare a data directory for real use: hospitals, the first administrator, the address. Asks what it must know.

    Parameters
    ----------
    data_dir
        An empty directory, or one that does not exist yet; else TELEMED_DATA_DIR.
    answers
        A TOML file with the answers, instead of asking.
    example
        Print such a file, to be filled in.
    """
    if example:
        print(files("telemed.setup").joinpath("example.toml").read_text(encoding="utf-8"), end="")
        return
    with loading():
        from telemed.config import KEPT
        from telemed.kit.clock import utcnow
        from telemed.serve import open_database
        from telemed.setup import answers as answering
        from telemed.setup import first

    at = settings_in(data_dir).data_dir
    first.refuse_demonstration(at)

    async def look() -> None:
        async with open_database(settings_in(at).database) as database, database.read() as db:
            await first.refuse_used(db, at)

    if at.joinpath(KEPT).exists():  # before somebody answers a dozen questions in vain
        asyncio.run(look())
    given = answering.read(answers) if answers else _asked()
    web_dir = PAGES if PAGES.joinpath("index.html").exists() else None

    async def work() -> str:
        url = given.data.database_url or settings_in(at).database
        async with open_database(url) as database:
            return await first.make(database, at, given, web_dir, utcnow())

    _own(at)
    password = asyncio.run(work())
    print(f"{given.hub.name}　{given.administrator.username}")
    print("一次性密码（只显示这一次，72 小时内有效，登录后须修改）")
    print(f"one-time password, shown only now, good for 72 hours and to be changed at sign-in: {password}")
    print("\n还缺少　still missing:")
    for chinese, english in first.missing(given, at, web_dir):
        print(f"- {chinese}\n  {english}")
    print(f"\n启动　start: telemed serve --data-dir {at}")


def _own(at: Path) -> None:
    try:
        at.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = at / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as failure:
        raise StartRefused(
            f"不能写入 {at}（{failure.strerror}）。请换一个目录，或修正权限后重试。",
            f"{at} cannot be written to ({failure.strerror}). Choose another directory, or mend its permissions.",
        ) from failure


def _asked() -> "Answers":
    from telemed.setup.ask import ask

    if not sys.stdin.isatty():
        raise StartRefused(
            "这里不是终端，无法提问。请用 telemed init --example > answers.toml 得到样例，填好后用 --answers 指明。",
            "This is no terminal to ask on. `telemed init --example > answers.toml` gives an example; fill it in and "
            "name it by --answers.",
        )
    with suppress(EOFError, KeyboardInterrupt):
        return ask(input, print)
    sys.exit("\n已取消，什么都没有写入。　Cancelled; nothing was written.")
