"""The pages of a demonstration, which `make demo` may still be building when it starts (scripts/setting_up)."""

import asyncio
import os
from pathlib import Path

from telemed.errors import StartRefused

PAGES = Path(__file__).resolve().parents[2] / "web" / "dist"  # made by `make build`
NEWS = "TELEMED_PAGES"  # the descriptor on which whoever builds them says WHOLE, or why there will be none
WHOLE = "whole"


def news() -> int | None:
    """Taken out of the environment, so that no program which this one starts looks for it."""
    descriptor = os.environ.pop(NEWS, None)
    if descriptor is None:
        return None
    os.set_inheritable(int(descriptor), False)
    return int(descriptor)


async def built(descriptor: int) -> None:
    """Returns when the pages are whole. Raises StartRefused, in the words of whoever builds them, if they fail."""
    heard = asyncio.StreamReader()
    pipe = os.fdopen(descriptor, "rb", buffering=0)
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(heard), pipe)
    try:
        said = (await heard.read()).decode(errors="replace").strip()
    finally:
        transport.close()
    if said != WHOLE:
        raise StartRefused(
            "网页构建失败，演示没有启动；演示数据已保留，问题解决后再运行 make demo 即可。",
            "The pages could not be built, so the demonstration has not started. Its data are kept: mend this and run "
            f"`make demo` again.\n{said or 'What built them was ended.'}",
        )
