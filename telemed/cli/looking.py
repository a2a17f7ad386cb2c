"""token, events, deadlines, notices, openapi: what is printed of a product that runs or has run."""

import asyncio
import json
import sys
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from telemed.cli.base import Json, app, clock_of, existing, loading

TOKEN_LIFE = timedelta(hours=12)


@app.command
def token(*, user: str, data_dir: Path | None = None) -> None:
    """Print a bearer token of a user for /api, /imaging and /dicomweb, good for twelve hours.

    Of the data directory named here or by TELEMED_DATA_DIR, else of the demonstration.
    """
    from telemed.access.issue import bearer_token

    settings = existing(data_dir)
    print(asyncio.run(bearer_token(settings.database, user, clock_of(settings.data_dir)(), TOKEN_LIFE)))


@app.command
def events(*, after: UUID | None = None, as_json: Json = False, data_dir: Path | None = None) -> None:
    """Print what has happened, one event a line: ids, codes and times, without patient data.

    Parameters
    ----------
    after
        The id of the last event already read; without it, from the beginning.
    as_json
        One JSON object a line.
    data_dir
        Where the data are; else TELEMED_DATA_DIR, else the demonstration's.
    """
    with loading():
        from telemed.app import FEATURES  # loads every type of event
        from telemed.history.print import print_events

    assert FEATURES
    asyncio.run(print_events(existing(data_dir).database, after, as_json=as_json))


@app.command
def deadlines(*, as_json: Json = False, data_dir: Path | None = None) -> None:
    """Print what is due now, the longest first: ids, codes and times, without patient data; with --json, as objects."""
    with loading():
        from telemed.app import FEATURES  # declares every kind of deadline
        from telemed.work.print import print_due

    assert FEATURES
    settings = existing(data_dir)
    asyncio.run(print_due(settings.database, clock_of(settings.data_dir)(), as_json=as_json))


@app.command
def notices(*, as_json: Json = False, data_dir: Path | None = None) -> None:
    """Print what waits to be sent outside the pages and what failed, and why: ids, codes and times; see deadlines."""
    with loading():
        from telemed.app import FEATURES  # declares every kind of deadline
        from telemed.notify.print import print_notices

    assert FEATURES
    asyncio.run(print_notices(existing(data_dir).database, as_json=as_json))


@app.command
def openapi() -> None:
    """Print the OpenAPI document of /api."""
    from telemed.app import openapi as document

    json.dump(document(), sys.stdout, indent=1, ensure_ascii=False)
