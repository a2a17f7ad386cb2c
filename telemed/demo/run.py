"""`telemed demo`: the whole product on one machine, with its fictional data and its accounts on the screen."""

from pathlib import Path

from telemed.config import Settings
from telemed.demo.accounts import account_table
from telemed.demo.his import DemoPatientSource
from telemed.demo.seed import Server, new_passwords, seed
from telemed.kit.clock import utcnow
from telemed.serve import running, stopped

WEB = Path(__file__).parents[2] / "web" / "dist"


async def run(
    data_dir: Path, http_port: int, signal_port: int, dimse_port: int, password: str | None, *, lan: bool
) -> None:
    settings = Settings(
        data_dir=data_dir,
        http_port=http_port,
        signal_port=signal_port,
        dimse_port=dimse_port,
        demo=True,
        web_dir=WEB,
    )
    async with running(settings, DemoPatientSource()) as product:
        await seed(product.db, data_dir, Server(settings.origin), utcnow())
        print(account_table(await new_passwords(product.db, password)), flush=True)
        print(f"ready {settings.origin}", flush=True)
        await stopped()
