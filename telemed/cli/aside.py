"""quarantine: what could not be digested and was set aside."""

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from telemed.cli.base import app, clock_of, existing, with_database
from telemed.config import Settings
from telemed.errors import TelemedError

if TYPE_CHECKING:
    from telemed.bridge.aside import Aside

quarantine = App(name="quarantine", help="What could not be digested and was set aside: look, try again, or drop it.")
app.command(quarantine)


@quarantine.command(name="list")
def list_aside(*, data_dir: Path | None = None) -> None:
    """One line each: id, kind, when, type, and where it failed."""
    for each in asyncio.run(_aside(existing(data_dir))):
        print(each.id, each.kind, each.at.isoformat(), each.type, each.why, sep="\t")


@quarantine.command
def show(id: str, *, values: Annotated[bool, Parameter(negative="")] = False, data_dir: Path | None = None) -> None:
    """Print one, without anything that a patient or a person wrote.

    Parameters
    ----------
    values
        With all it holds: patient data. Not for a ticket or a chat.
    """
    from telemed.bridge.aside import masked

    found = next((each for each in asyncio.run(_aside(existing(data_dir))) if each.id == id), None)
    if found is None:
        sys.exit("Nothing of this id is set aside; see `telemed quarantine list`.")
    data = found.data if values else masked(found.data)
    told = {"id": found.id, "kind": found.kind, "type": found.type, "why": found.why, "data": data}
    json.dump(told, sys.stdout, ensure_ascii=False)
    print()


@quarantine.command
def retry(id: str, *, data_dir: Path | None = None) -> None:
    """Let it take effect after all, and say what has come of it: what the running service must try is only handed to
    it here. What fails again is set aside again.
    """
    from telemed.app import kinds
    from telemed.bridge import aside
    from telemed.kit.quarantine import where

    settings = existing(data_dir)
    try:
        clock = clock_of(settings.data_dir)
        tried = with_database(settings, lambda db: aside.again(db, settings.data_dir, id, kinds(), clock))
        came = asyncio.run(tried)
    except TelemedError:
        raise
    except Exception as failure:
        sys.exit(f"It failed again and stays set aside: {where(failure)}")
    print(came if came is aside.Again.done else f"{came} If it fails again, `telemed quarantine list` names it again.")


@quarantine.command
def drop(id: str, *, data_dir: Path | None = None) -> None:
    """Give it up for good: it never takes effect."""
    from telemed.bridge import aside

    settings = existing(data_dir)
    asyncio.run(with_database(settings, lambda db: aside.drop(db, settings.data_dir, id)))


async def _aside(settings: Settings) -> "list[Aside]":
    from telemed.bridge.aside import listed

    return await with_database(settings, lambda db: listed(db, settings.data_dir))
