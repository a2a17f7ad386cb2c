"""verify-audit: whether the audit log is as it was written."""

import asyncio
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

from cyclopts import Parameter

from telemed.cli.base import app, existing, with_database
from telemed.errors import StartRefused, TelemedError

if TYPE_CHECKING:
    from telemed.audit.heads import Head
    from telemed.audit.verifying import Verdict

BROKEN, NOT_CHECKED = 1, 2
HOW = {
    "missing": "the row is gone",
    "changed": "the row, or its place, is not as it was sealed",
    "rewritten": "the row is not that of the signed head: the chain was made anew",
    "truncated": "a signed head is further on: from here on all is gone",
}


@app.command(name="verify-audit")
def verify_audit(
    *, head: Annotated[Path | None, Parameter(name="--head")] = None, data_dir: Path | None = None
) -> None:
    """Verify the audit log: finds rows that were changed, deleted or put elsewhere. Exit code 0: it is intact;
    1: it is broken, at the number that is printed; 2: it could not be checked.

    Parameters
    ----------
    head
        A file of signed heads (TELEMED_AUDIT_HEAD), kept elsewhere: shows also whether the end was cut off or all of
        it was made anew.
    data_dir
        Where the data are; else TELEMED_DATA_DIR, else the demonstration's.
    """
    from telemed.audit import heads
    from telemed.audit.verifying import verify

    began = time.perf_counter()
    try:
        settings = existing(data_dir)
        known: list[Head] = heads.read(head, heads.HeadKey.open(settings.data_dir / "keys")) if head else []
        found: Verdict = asyncio.run(with_database(settings, lambda db: verify(db, known)))
    except heads.HeadsUnreadable as why:
        _not_checked(str(why))
    except StartRefused as why:
        _not_checked(why.english)
    except TelemedError as why:
        _not_checked(why.detail)
    except Exception as failure:
        _not_checked(f"the database cannot be read ({type(failure).__name__})")
    if found.why is not None:
        print(f"broken at number {found.number}: {HOW[found.why]}")
        sys.exit(BROKEN)
    rate = found.checked / max(time.perf_counter() - began, 1e-6)
    against = f", {len(known)} signed heads agree" if known else ""
    print(f"intact: {found.checked} rows{against}; {found.waiting} not sealed yet; {rate:.0f} rows/s")


def _not_checked(why: str) -> NoReturn:
    print(f"not checked: {why}", file=sys.stderr)
    sys.exit(NOT_CHECKED)
