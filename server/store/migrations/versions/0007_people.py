"""Reviewers' passwords, evidence behind certificates, packs rolled out by stages, and what lists look for."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables, and the indexes that the desk's queue and its search need."""
    op.execute(
        """
        CREATE TABLE passwords (
            operator_id text NOT NULL, hash text NOT NULL, set_at timestamptz NOT NULL,
            CONSTRAINT passwords_pkey PRIMARY KEY (operator_id),
            CONSTRAINT passwords_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators (id));
        CREATE TABLE sign_in_failures (
            account_hash text NOT NULL, times integer NOT NULL, last_at timestamptz NOT NULL,
            CONSTRAINT sign_in_failures_pkey PRIMARY KEY (account_hash));
        ALTER TABLE desk_sessions ADD COLUMN seen_at timestamptz;
        ALTER TABLE desk_sessions ADD COLUMN for_password boolean NOT NULL DEFAULT false;
        CREATE TABLE evidence (
            application_id text NOT NULL, digest text NOT NULL, media_type text NOT NULL,
            size bigint NOT NULL, actor text NOT NULL, at timestamptz NOT NULL,
            CONSTRAINT evidence_pkey PRIMARY KEY (application_id, digest),
            CONSTRAINT evidence_application_id_fkey
                FOREIGN KEY (application_id) REFERENCES applications (id));
        CREATE TRIGGER frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON evidence
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        CREATE TABLE pack_rollouts (
            name text NOT NULL, version text NOT NULL, sites jsonb NOT NULL, share integer NOT NULL,
            begun_at timestamptz NOT NULL, completed_at timestamptz,
            CONSTRAINT pack_rollouts_pkey PRIMARY KEY (name, version),
            CONSTRAINT pack_rollouts_name_fkey FOREIGN KEY (name, version) REFERENCES packs (name, version));
        CREATE TABLE compound_counts (
            compound_id text NOT NULL, sold integer NOT NULL, at timestamptz NOT NULL,
            CONSTRAINT compound_counts_pkey PRIMARY KEY (compound_id),
            CONSTRAINT compound_counts_compound_id_fkey FOREIGN KEY (compound_id) REFERENCES compounds (id));
        CREATE INDEX applications_compound_id_received_at_idx ON applications (compound_id, received_at);
        CREATE INDEX applications_household_id_idx ON applications (household_id);
        CREATE INDEX revisions_people_idx ON revisions USING gin (
            (jsonb_path_query_array(facts, '$.parties[*].name')
             || jsonb_path_query_array(facts, '$.parties[*].document_number')));
        """
    )
