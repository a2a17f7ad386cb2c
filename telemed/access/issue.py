"""Issues a bearer token from the command line, while the service runs."""

from datetime import datetime, timedelta

from telemed.access import accounts
from telemed.access.sessions import issue
from telemed.db import Database
from telemed.errors import NotFound


async def bearer_token(url: str, user: str, now: datetime, life: timedelta) -> str:
    database = Database(url)
    try:
        async with database.write() as db:
            account = await accounts.named(db, user)
            if account is None:
                raise NotFound(f"There is no user {user!r}.")
            return issue(db, account.id, now, life)
    finally:
        await database.close()
