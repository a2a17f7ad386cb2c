"""`telemed demo`: starts the product, fills it if it is empty, sets the passwords, and prints the address."""

import sqlite3
import ssl
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from aiohttp import web
from pydantic_settings import SettingsConfigDict

from telemed.bridge.his_demo import DemoHis
from telemed.config import Outside, Settings
from telemed.db import Database
from telemed.demo import building
from telemed.demo.accounts import account_table, new_passwords
from telemed.demo.building import PAGES
from telemed.demo.cart import new_link
from telemed.demo.his import all_patients
from telemed.demo.lan import Certificates, Entrance, address_of_this_machine, certificates, entrance_app
from telemed.demo.lan.page import qr_terminal
from telemed.demo.progress import REAL, SAMPLES, Progress, chosen_ahead, held, is_alone, keep, progress, whole, words
from telemed.demo.refusing import in_a_sentence
from telemed.demo.screens import switched_on
from telemed.errors import StartRefused
from telemed.kit.clock import ahead_by
from telemed.kit.ports import free_port
from telemed.serve import refuse_taken_ports, running, stopped

LOOPBACK = "127.0.0.1"
EVERYWHERE = "0.0.0.0"
SCANNERS = {"WUXI_CT": "wuxi", "JIASHAN_CT": "jiashan"}  # the hospitals of the AE titles that may send to TELEMED
NO_PAGES = "网页尚未构建，仅提供接口；请运行 make build　the pages are not built; run `make build`"
PRACTISE = "练习用影像和报告（文件夹名为住院号） images and reports to practise with, by admission number:"
CART_LINK = "查房车 wuxi.cart：在床旁的浏览器打开　open in the browser at the bed:"
FIRST = "正在生成演示数据，首次启动约需半分钟　making the demonstration's data, half a minute the first time"


@dataclass(frozen=True)
class Lan:
    """What `--lan` adds: certificates, and a plain http port with the entrance page."""

    address: str
    made: Certificates
    entrance_port: int

    @property
    def entrance(self) -> str:
        return f"http://{self.address}:{self.entrance_port}/"


async def run(
    data_dir: Path,
    http_port: int,
    signal_port: int,
    dimse_port: int,
    password: str | None,
    *,
    lan: bool = False,
    ahead: timedelta | None = None,
) -> None:
    """Runs the demonstration until the process is asked to end."""
    async with demonstration(data_dir, http_port, signal_port, dimse_port, password, lan=lan, ahead=ahead):
        await stopped()


@asynccontextmanager
async def demonstration(
    data_dir: Path,
    http_port: int,
    signal_port: int,
    dimse_port: int,
    password: str | None,
    *,
    lan: bool = False,
    entrance_port: int | None = None,
    ahead: timedelta | None = None,
) -> AsyncIterator[Settings]:
    """Starts the demonstration and prints what a person needs to know. Port 0 means any free port.

    `ahead`: how far its clock is ahead; None: as at the last start.
    """
    before = progress(data_dir)
    if before is None:
        _refuse_real_data(data_dir)
    ahead = chosen_ahead(data_dir, before, ahead)
    http_port, signal_port = http_port or free_port(), signal_port or free_port()
    network = _lan(data_dir, entrance_port if entrance_port is not None else http_port + 3) if lan else None
    settings = _settings(_own(data_dir), http_port, signal_port, dimse_port, network, ahead)
    refuse_taken_ports(settings)
    pages = building.news()
    async with AsyncExitStack() as stack:
        stack.enter_context(in_a_sentence(data_dir))
        stack.enter_context(held(data_dir))
        before = whole(data_dir, progress(data_dir))  # read again: only now nobody else writes it
        if before is not None and ahead > before.ahead:  # stored before anything is written with that clock
            keep(data_dir, before.model_copy(update={"ahead": ahead}))
        clock = ahead_by(ahead)
        now = clock()
        fresh = Progress(began=now, ahead=ahead, alone=before is None and is_alone(data_dir))
        if fresh.alone:  # before anything else, so that whatever a start leaves is known to be ours
            keep(data_dir, fresh)
        source = DemoHis(all_patients(before.began if before else now))
        try:
            product = await stack.enter_async_context(running(settings, source, clock))
        except StartRefused as refused:
            raise _made_anew(refused, data_dir) if before else refused from refused.__cause__
        if before is None:
            print(FIRST, flush=True)
            await _fill(product.db, settings, network, fresh)
        wanted = await new_passwords(product.db, password)
        if pages is not None:
            await building.built(pages)
        if network is not None:
            await stack.enter_async_context(_entrance(settings, network))
        print(account_table(wanted))
        if ahead > REAL:
            print(f"演示时钟提前 {words(ahead)}　the demonstration's clock is {words(ahead)} ahead")
        if (cart := await new_link(product.db, settings.origin)) is not None:
            print(f"{CART_LINK} {cart}")
        print(f"{PRACTISE} {settings.data_dir / SAMPLES}")
        if network is not None:
            print(_notice(settings, network))
        await stack.enter_async_context(switched_on(product.db, clock))
        if not _has_pages(settings):
            print(NO_PAGES)
        print(f"ready {settings.origin}", flush=True)
        yield settings


def _made_anew(refused: StartRefused, data_dir: Path) -> StartRefused:
    return StartRefused(
        f"{refused.chinese}这个目录里是演示数据，不需要时可以删除 {data_dir}，再启动即重新生成。",
        f"{refused.english} It is a demonstration: delete {data_dir} and the next start makes it anew.",
    )


def _refuse_real_data(data_dir: Path) -> None:
    """Raises StartRefused for data without a demonstration's mark, which is written before its first row."""
    path = (data_dir / "telemed.db").resolve()
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
            if database.execute("SELECT 1 FROM hospital LIMIT 1").fetchone() is None:
                return
    except sqlite3.DatabaseError:
        return  # no database of this program: starting refuses it
    raise StartRefused(
        f"不能在 {data_dir} 生成演示数据：其中已有正式数据。请用 --data-dir 另选一个目录；其中的数据未作任何改动。",
        f"No demonstration is made in {data_dir}: it holds real data. "
        "Choose another directory with --data-dir. Nothing in it was changed.",
    )


def _own(data_dir: Path) -> Path:
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    return data_dir


class DemoSettings(Settings):
    """Settings that ignore `.env` and environment variables, so that a demonstration is the same everywhere.

    Only where its mails and robots' messages go is taken from the environment (`Outside`).
    """

    model_config = SettingsConfigDict(env_prefix="TELEMED_DEMO_", env_file=None, frozen=True, extra="ignore")


def _settings(
    data_dir: Path, http_port: int, signal_port: int, dimse_port: int, network: Lan | None, ahead: timedelta
) -> Settings:
    here = DemoSettings(
        data_dir=data_dir,
        http_port=http_port,
        signal_port=signal_port,
        dimse_port=dimse_port,
        dimse_callers=SCANNERS,
        demo=True,
        demo_ahead=ahead,
        **Outside().model_dump(exclude_unset=True),
    )
    if here.web_dir is None:  # they may still be built
        here = here.model_copy(update={"web_dir": PAGES})
    if network is None:
        return here
    return here.model_copy(
        update={
            "host": EVERYWHERE,
            "public_url": f"https://{network.address}:{http_port}",
            "public_signal_url": f"wss://{network.address}:{signal_port}",
            "tls_certificate": network.made.certificate,
            "tls_key": network.made.key,
        }
    )


def _has_pages(settings: Settings) -> bool:
    return settings.web_dir is not None and settings.web_dir.joinpath("index.html").exists()


def _lan(data_dir: Path, entrance_port: int) -> Lan:
    address = address_of_this_machine()
    return Lan(str(address), certificates(data_dir / "lan", [address]), entrance_port)


async def _fill(db: Database, settings: Settings, network: Lan | None, fresh: Progress) -> None:
    # Imported here: slow, and only the first start needs it.
    from telemed.demo.seed import Server, seed

    trust = ssl.create_default_context(cadata=network.made.authority_pem.decode()) if network else None
    await seed(db, settings.data_dir, Server(settings.origin, trust), fresh)


@asynccontextmanager
async def _entrance(settings: Settings, network: Lan) -> AsyncIterator[None]:
    entrance = Entrance(settings.origin, network.made.authority_der, network.made.fingerprint)
    runner = web.AppRunner(entrance_app(entrance), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.host, network.entrance_port).start()
        yield
    finally:
        await runner.cleanup()


def _notice(settings: Settings, network: Lan) -> str:
    return "\n".join(
        (
            "从其他电脑进入 from other computers:",
            f"  1. {network.entrance}  安装根证书 install the root certificate",
            f"     SHA-256 {network.made.fingerprint}",
            f"  2. {settings.origin}",
            qr_terminal(network.entrance),
        )
    )
