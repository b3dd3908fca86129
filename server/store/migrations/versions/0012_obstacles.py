"""Obstacles as their facts leave them, counted without reading the facts; an index of facts by their time."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; what was noted before is folded when the desk looks at it first."""
    op.execute(
        """
        CREATE INDEX facts_at ON facts (topic, at);
        CREATE TABLE obstacles (
            id text NOT NULL, compound_id text NOT NULL, department text NOT NULL, open boolean NOT NULL,
            listed jsonb, CONSTRAINT obstacles_pkey PRIMARY KEY (id));
        CREATE INDEX obstacles_open ON obstacles (department, compound_id) WHERE open;
        CREATE TABLE obstacle_facts_unfolded (
            fact_id text NOT NULL, subject text NOT NULL,
            CONSTRAINT obstacle_facts_unfolded_pkey PRIMARY KEY (fact_id),
            CONSTRAINT obstacle_facts_unfolded_fact_id_fkey FOREIGN KEY (fact_id) REFERENCES facts (id));
        INSERT INTO obstacle_facts_unfolded SELECT id, subject FROM facts WHERE topic = 'ledger';
        CREATE FUNCTION leave_unfolded() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO obstacle_facts_unfolded VALUES (NEW.id, NEW.subject);
            RETURN NULL;
        END $$;
        CREATE TRIGGER leave_unfolded AFTER INSERT ON facts
            FOR EACH ROW WHEN (NEW.topic = 'ledger') EXECUTE FUNCTION leave_unfolded();
        """
    )
