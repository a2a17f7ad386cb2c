"""Staff numbers and sign-in names are spelled as they are kept from now on: ordinary characters, no spaces; sign-in
names in lower case.

Where that would give two people one name, the first has it and the other stays as it is: who signs in by exactly what
they have typed so far comes in. So does everybody else, because what is typed is spelled alike.
"""

import unicodedata
from collections.abc import Callable, Sequence

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

ACCOUNT = sa.table("account", sa.column("id", sa.Uuid()), sa.column("username", sa.String()))
STAFF = sa.table(
    "staff", sa.column("id", sa.Uuid()), sa.column("hospital_id", sa.String()), sa.column("number", sa.String())
)


def upgrade() -> None:
    _respell(ACCOUNT, "username", (), lambda name: _plain(name).lower())
    _respell(STAFF, "number", ("hospital_id",), _plain)


def downgrade() -> None:
    """How they were typed is not kept."""


def _plain(written: str) -> str:
    return "".join(unicodedata.normalize("NFKC", written).split())


def _respell(table: sa.TableClause, name: str, within: Sequence[str], spelled: Callable[[str], str]) -> None:
    """Within each of `within` all stay different."""
    columns = [table.c.id, table.c[name], *(table.c[each] for each in within)]
    rows = op.get_bind().execute(sa.select(*columns).order_by(table.c.id)).all()
    taken = {tuple(rest) for _, *rest in rows}
    for id, before, *where in rows:
        after = spelled(before)
        if after and after != before and (after, *where) not in taken:
            taken.add((after, *where))
            op.execute(sa.update(table).where(table.c.id == id).values({name: after}))
