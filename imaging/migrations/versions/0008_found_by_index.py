"""What QIDO-RS asks is found by an index; the ends of names in Chinese characters are kept."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BEFORE = {
    "ix_studies_patient_id": "studies (patient_id)",
    "ix_studies_accession_number": "studies (accession_number)",
    "ix_studies_study_date": "studies (study_date)",
    "ix_series_modality": "series (modality)",
    "ix_name_forms_form": "name_forms (form)",
    "ix_grants_study_uid": "grants (study_uid)",
}
AFTER = {
    "ix_studies_patient_id": "studies (patient_id COLLATE NOCASE)",
    "ix_studies_accession_number": "studies (accession_number COLLATE NOCASE)",
    "ix_studies_when": "studies (study_date, study_time)",
    "ix_series_study_modality": "series (study, modality)",
    "ix_name_forms_form_study": "name_forms (form, study)",
    "ix_grants_who": "grants (study_uid, subject, hospital, until, actions)",
}
HANZI = re.compile("[一-鿿]")
LONGEST = 64  # characters of a name
AT_ONCE = 10_000  # rows


def upgrade() -> None:
    op.create_table(
        "name_parts",
        sa.Column("study", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["study"], ["studies.id"], name=op.f("fk_name_parts_study_studies")),
        sa.PrimaryKeyConstraint("study", "part", name=op.f("pk_name_parts")),
    )
    _fill()
    op.create_index("ix_name_parts_part_study", "name_parts", ["part", "study"])
    _indexes(BEFORE, AFTER)


def downgrade() -> None:
    _indexes(AFTER, BEFORE)
    op.drop_table("name_parts")


def _indexes(old: dict[str, str], new: dict[str, str]) -> None:
    for name in old:
        op.execute(f"DROP INDEX {name}")
    for name, of in new.items():
        op.execute(f"CREATE INDEX {name} ON {of}")


def _fill() -> None:
    connection, last = op.get_bind(), (0, "")
    page = sa.text("SELECT study, form FROM name_forms WHERE (study, form) > (:study, :form) ORDER BY 1, 2 LIMIT :most")
    while rows := connection.execute(page, {"study": last[0], "form": last[1], "most": AT_ONCE}).all():
        last = rows[-1][0], rows[-1][1]
        found = [
            {"study": study, "part": form[at : at + LONGEST]}
            for study, form in rows
            if HANZI.search(form)
            for at in range(len(form))[:LONGEST]
        ]
        if found:
            connection.execute(sa.text("INSERT OR IGNORE INTO name_parts VALUES (:study, :part)"), found)
