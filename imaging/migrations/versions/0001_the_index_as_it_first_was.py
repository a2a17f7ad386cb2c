"""The index as it first was."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "batches",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hospital", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("expected_files", sa.Integer(), nullable=True),
        sa.Column("study_hint", sa.String(), nullable=False),
        sa.Column("abandoned", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batches")),
    )
    op.create_table(
        "grants",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("hospital", sa.String(), nullable=False),
        sa.Column("study_uid", sa.String(), nullable=False),
        sa.Column("actions", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grants")),
    )
    op.create_index(op.f("ix_grants_study_uid"), "grants", ["study_uid"], unique=False)
    op.create_index(op.f("ix_grants_subject"), "grants", ["subject"], unique=False)

    op.create_table(
        "marks",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_marks")),
    )
    op.create_table(
        "other_copies",
        sa.Column("hospital", sa.String(), nullable=False),
        sa.Column("sop_uid", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("study_uid", sa.String(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("hospital", "sop_uid", "sha256", name=op.f("pk_other_copies")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("position", name=op.f("uq_outbox_position")),
    )
    op.create_table(
        "sequences",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_sequences")),
    )
    op.create_table(
        "studies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hospital", sa.String(), nullable=False),
        sa.Column("study_uid", sa.String(), nullable=False),
        sa.Column("patient_name", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("issuer_of_patient_id", sa.String(), nullable=False),
        sa.Column("patient_birth_date", sa.String(), nullable=False),
        sa.Column("patient_sex", sa.String(), nullable=False),
        sa.Column("study_date", sa.String(), nullable=False),
        sa.Column("study_time", sa.String(), nullable=False),
        sa.Column("timezone_offset", sa.String(), nullable=False),
        sa.Column("accession_number", sa.String(), nullable=False),
        sa.Column("study_id", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("referring_physician", sa.String(), nullable=False),
        sa.Column("institution", sa.String(), nullable=False),
        sa.Column("series_count", sa.Integer(), nullable=False),
        sa.Column("instance_count", sa.Integer(), nullable=False),
        sa.Column("mixed_patients", sa.Boolean(), nullable=False),
        sa.Column("quarantined", sa.Boolean(), nullable=False),
        sa.Column("declared", sa.Integer(), nullable=True),
        sa.Column("told_count", sa.Integer(), nullable=False),
        sa.Column("told_mixed", sa.Boolean(), nullable=False),
        sa.Column("told_complete", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_studies")),
        sa.UniqueConstraint("hospital", "study_uid", name=op.f("uq_studies_hospital_study_uid")),
    )
    op.create_index(op.f("ix_studies_accession_number"), "studies", ["accession_number"], unique=False)
    op.create_index(op.f("ix_studies_changed_at"), "studies", ["changed_at"], unique=False)
    op.create_index(op.f("ix_studies_patient_id"), "studies", ["patient_id"], unique=False)
    op.create_index(op.f("ix_studies_study_date"), "studies", ["study_date"], unique=False)
    op.create_index(op.f("ix_studies_study_uid"), "studies", ["study_uid"], unique=False)

    op.create_table(
        "name_forms",
        sa.Column("study", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["study"], ["studies.id"], name=op.f("fk_name_forms_study_studies")),
        sa.PrimaryKeyConstraint("study", "form", name=op.f("pk_name_forms")),
    )
    op.create_index(op.f("ix_name_forms_form"), "name_forms", ["form"], unique=False)

    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("study", sa.Integer(), nullable=False),
        sa.Column("series_uid", sa.String(), nullable=False),
        sa.Column("modality", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("body_part", sa.String(), nullable=False),
        sa.Column("laterality", sa.String(), nullable=False),
        sa.Column("protocol", sa.String(), nullable=False),
        sa.Column("series_date", sa.String(), nullable=False),
        sa.Column("series_time", sa.String(), nullable=False),
        sa.Column("step_start_date", sa.String(), nullable=False),
        sa.Column("step_start_time", sa.String(), nullable=False),
        sa.Column("manufacturer", sa.String(), nullable=False),
        sa.Column("instance_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["study"], ["studies.id"], name=op.f("fk_series_study_studies")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("study", "series_uid", name=op.f("uq_series_study_series_uid")),
    )
    op.create_index(op.f("ix_series_modality"), "series", ["modality"], unique=False)
    op.create_index(op.f("ix_series_series_uid"), "series", ["series_uid"], unique=False)

    op.create_table(
        "uploads",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hospital", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("batch", sa.Uuid(), nullable=True),
        sa.Column("parent", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("study_uid", sa.String(), nullable=False),
        sa.Column("sop_uid", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["batches.id"], name=op.f("fk_uploads_batch_batches")),
        sa.ForeignKeyConstraint(["parent"], ["uploads.id"], name=op.f("fk_uploads_parent_uploads")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
    )
    op.create_index(op.f("ix_uploads_batch"), "uploads", ["batch"], unique=False)
    op.create_index(op.f("ix_uploads_parent"), "uploads", ["parent"], unique=False)

    op.create_table(
        "instances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hospital", sa.String(), nullable=False),
        sa.Column("series", sa.Integer(), nullable=False),
        sa.Column("sop_uid", sa.String(), nullable=False),
        sa.Column("sop_class", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("transfer_syntax", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=True),
        sa.Column("columns", sa.Integer(), nullable=True),
        sa.Column("bits_allocated", sa.Integer(), nullable=True),
        sa.Column("frames", sa.Integer(), nullable=False),
        sa.Column("laterality", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("frame_syntax", sa.String(), nullable=False),
        sa.Column("sidecar", sa.Boolean(), nullable=False),
        sa.Column("conflicting", sa.Boolean(), nullable=False),
        sa.Column("repaired_text", sa.Boolean(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["series"], ["series.id"], name=op.f("fk_instances_series_series")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instances")),
        sa.UniqueConstraint("hospital", "sop_uid", name=op.f("uq_instances_hospital_sop_uid")),
    )
    op.create_index(op.f("ix_instances_series"), "instances", ["series"], unique=False)
    op.create_index(op.f("ix_instances_sha256"), "instances", ["sha256"], unique=False)

    op.create_table(
        "instance_details",
        sa.Column("instance", sa.Integer(), nullable=False),
        sa.Column("dicom_json", sa.LargeBinary(), nullable=False),
        sa.Column("layout", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["instance"], ["instances.id"], name=op.f("fk_instance_details_instance_instances")),
        sa.PrimaryKeyConstraint("instance", name=op.f("pk_instance_details")),
    )


def downgrade() -> None:
    op.drop_table("instance_details")
    op.drop_index(op.f("ix_instances_sha256"), "instances")
    op.drop_index(op.f("ix_instances_series"), "instances")

    op.drop_table("instances")
    op.drop_index(op.f("ix_uploads_parent"), "uploads")
    op.drop_index(op.f("ix_uploads_batch"), "uploads")

    op.drop_table("uploads")
    op.drop_index(op.f("ix_series_series_uid"), "series")
    op.drop_index(op.f("ix_series_modality"), "series")

    op.drop_table("series")
    op.drop_index(op.f("ix_name_forms_form"), "name_forms")

    op.drop_table("name_forms")
    op.drop_index(op.f("ix_studies_study_uid"), "studies")
    op.drop_index(op.f("ix_studies_study_date"), "studies")
    op.drop_index(op.f("ix_studies_patient_id"), "studies")
    op.drop_index(op.f("ix_studies_changed_at"), "studies")
    op.drop_index(op.f("ix_studies_accession_number"), "studies")

    op.drop_table("studies")
    op.drop_table("sequences")
    op.drop_table("outbox")
    op.drop_table("other_copies")
    op.drop_table("marks")
    op.drop_index(op.f("ix_grants_subject"), "grants")
    op.drop_index(op.f("ix_grants_study_uid"), "grants")

    op.drop_table("grants")
    op.drop_table("batches")
