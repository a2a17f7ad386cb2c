"""What the running product says of its own readiness."""

import asyncio
from typing import Any

from aiohttp import ClientSession

from telemed.serve import Running


async def look(product: Running) -> tuple[int, dict[str, Any]]:
    url = f"http://127.0.0.1:{product.http_port}/healthz/ready"
    async with ClientSession() as session, session.get(url) as answer:
        return answer.status, (await answer.json())["checks"]


async def ready(product: Running) -> dict[str, Any]:
    async with asyncio.timeout(30):
        while (found := await look(product))[0] != 200:
            pass
    return found[1]
