"""The last wall: what the database itself refuses, whatever the code does.

Alembic's batch mode drops triggers silently, so they are put back from this list after every upgrade.
"""

APPEND_ONLY = ("auditevent", "caseevent")


def _sqlite_append_only(table: str) -> tuple[str, ...]:
    return tuple(
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append only'); END"
        for verb in ("UPDATE", "DELETE")
    )


def _postgres_append_only(table: str) -> tuple[str, ...]:
    return (
        f"CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append only'; END $$",
        f"CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()",
    )


GUARDS: dict[str, tuple[str, ...]] = {
    "sqlite": tuple(each for table in APPEND_ONLY for each in _sqlite_append_only(table)),
    "postgresql": tuple(each for table in APPEND_ONLY for each in _postgres_append_only(table)),
}
