"""The guards: triggers and constraints by which the database itself refuses wrong changes.

Alembic's batch mode silently drops triggers, so they are restored from this list after every upgrade.
"""

APPEND_ONLY = (
    "auditevent",
    "branchreport",
    "discrepancy",
    "event",
    "gradecorrection",
    "opinionpage",
    "opinionstudy",
    "pageprint",
    "roundact",
    "roundnoteprint",
    "stand",
)


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


# Of a row of the audit log only the sealer's two columns are written later, and once.
AUDITED = (
    "id, at, actor_id, hospital_id, action, target, outcome, reason, "
    "owner_id, patient_id, case_id, purpose, change, times, device_id"
)
SQLITE_AUDIT = (
    f"CREATE TRIGGER IF NOT EXISTS auditevent_no_update BEFORE UPDATE OF {AUDITED} ON auditevent "
    "BEGIN SELECT RAISE(ABORT, 'auditevent is append only'); END",
    "CREATE TRIGGER IF NOT EXISTS auditevent_sealed_once BEFORE UPDATE OF number, hash ON auditevent "
    "WHEN OLD.number IS NOT NULL BEGIN SELECT RAISE(ABORT, 'auditevent is append only'); END",
    "CREATE TRIGGER IF NOT EXISTS auditevent_no_delete BEFORE DELETE ON auditevent "
    "BEGIN SELECT RAISE(ABORT, 'auditevent is append only'); END",
)
POSTGRES_AUDIT = (
    "CREATE OR REPLACE FUNCTION auditevent_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'auditevent is append only'; END $$",
    f"CREATE OR REPLACE TRIGGER auditevent_append_only BEFORE UPDATE OF {AUDITED} OR DELETE ON auditevent "
    "FOR EACH ROW EXECUTE FUNCTION auditevent_append_only()",
    "CREATE OR REPLACE TRIGGER auditevent_sealed_once BEFORE UPDATE OF number, hash ON auditevent "
    "FOR EACH ROW WHEN (OLD.number IS NOT NULL) EXECUTE FUNCTION auditevent_append_only()",
)
WHOLLY = tuple(table for table in APPEND_ONLY if table != "auditevent")
OVERLAP = (
    "SELECT 1 FROM occupancy taken WHERE taken.active AND taken.resource_id = NEW.resource_id "
    "AND taken.id <> NEW.id AND taken.starts_at < NEW.ends_at AND NEW.starts_at < taken.ends_at"
)
SQLITE_OCCUPANCY = tuple(
    f"CREATE TRIGGER IF NOT EXISTS occupancy_no_overlap_{verb.split()[0].lower()} BEFORE {verb} ON occupancy "
    f"WHEN NEW.active AND EXISTS ({OVERLAP}) BEGIN SELECT RAISE(ABORT, 'occupancy overlaps'); END"
    for verb in ("INSERT", "UPDATE")
)
POSTGRES_OCCUPANCY = (
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'occupancy_no_overlap' "
    "AND conrelid = 'occupancy'::regclass) THEN "
    "ALTER TABLE occupancy ADD CONSTRAINT occupancy_no_overlap EXCLUDE USING gist "
    "(resource_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (active); END IF; END $$",
)
# A signed version is never changed or deleted.
SIGNED = ("membersection", "opinion", "ownreport", "roundnote")
SQLITE_SIGNED = tuple(
    f"CREATE TRIGGER IF NOT EXISTS {table}_signed_no_{verb.lower()} BEFORE {verb} ON {table} "
    f"WHEN OLD.signed_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a signed {table} never changes'); END"
    for table in SIGNED
    for verb in ("UPDATE", "DELETE")
)
POSTGRES_SIGNED = tuple(
    statement
    for table in SIGNED
    for statement in (
        f"CREATE OR REPLACE FUNCTION {table}_signed() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION 'a signed {table} never changes'; END $$",
        f"CREATE OR REPLACE TRIGGER {table}_signed BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW WHEN (OLD.signed_at IS NOT NULL) EXECUTE FUNCTION {table}_signed()",
    )
)
GUARDS: dict[str, tuple[str, ...]] = {
    "sqlite": tuple(each for table in WHOLLY for each in _sqlite_append_only(table))
    + SQLITE_AUDIT
    + SQLITE_OCCUPANCY
    + SQLITE_SIGNED,
    "postgresql": tuple(each for table in WHOLLY for each in _postgres_append_only(table))
    + POSTGRES_AUDIT
    + POSTGRES_OCCUPANCY
    + POSTGRES_SIGNED,
}
