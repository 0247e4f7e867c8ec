"""A log of what the storm did to rows, written by triggers of the test: what is forgotten later stands in it."""

from dataclasses import dataclass

from db.postgres.database import Database


@dataclass(frozen=True, slots=True)
class Seen:
    """One change. `what` is a job's new state, or `filed`, `take`, `untake`, `came`, `moved`, `left`.

    `other` is the take of the former, the account that an identity has left where it has `moved`; `text` is what a
    job counts in, the identity that came or left, or the message that a job is shown in.
    """

    what: str
    job: int | None
    account: int | None
    other: int | None
    text: str | None


async def watch(database: Database) -> None:
    """Write down what happens from now on, in the order in which it happens to each account."""
    await database.execute(WATCH)


async def seen(database: Database) -> list[Seen]:
    """All that has happened."""
    rows = await database.fetch("SELECT what, job, account, other, text FROM chaos.seen ORDER BY id")
    return [Seen(**dict(row)) for row in rows]


WATCH = """
CREATE SCHEMA chaos;
CREATE TABLE chaos.seen (
    id bigserial PRIMARY KEY, what text NOT NULL, job bigint, account integer, other bigint, text text
);

CREATE FUNCTION chaos.see_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO chaos.seen (what, job, account, text) VALUES (
        CASE TG_OP WHEN 'INSERT' THEN 'filed' ELSE NEW.state END, NEW.id, NEW.account_id,
        array_to_string(NEW.charged, ' ')
    );
    RETURN NULL;
END
$$;
CREATE TRIGGER see_filed AFTER INSERT ON kickbot.job FOR EACH ROW EXECUTE FUNCTION chaos.see_job();
CREATE TRIGGER see_job AFTER UPDATE ON kickbot.job FOR EACH ROW WHEN (OLD.state <> NEW.state)
    EXECUTE FUNCTION chaos.see_job();

CREATE FUNCTION chaos.see_take() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    row kickbot.take := coalesce(NEW, OLD);
BEGIN
    INSERT INTO chaos.seen (what, job, account, other, text)
    VALUES (CASE TG_OP WHEN 'INSERT' THEN 'take' ELSE 'untake' END, row.job_id, row.account_id, row.id, row.path);
    RETURN NULL;
END
$$;
CREATE TRIGGER see_take AFTER INSERT OR DELETE ON kickbot.take FOR EACH ROW EXECUTE FUNCTION chaos.see_take();

CREATE FUNCTION chaos.see_identity() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    row kickbot.identity := coalesce(NEW, OLD);
BEGIN
    INSERT INTO chaos.seen (what, account, other, text) VALUES (
        CASE TG_OP WHEN 'INSERT' THEN 'came' WHEN 'DELETE' THEN 'left' ELSE 'moved' END, row.account_id,
        CASE TG_OP WHEN 'UPDATE' THEN OLD.account_id END, concat_ws(':', row.platform, row.realm, row.external_id)
    );
    RETURN NULL;
END
$$;
CREATE TRIGGER see_identity AFTER INSERT OR DELETE OR UPDATE OF account_id ON kickbot.identity
    FOR EACH ROW EXECUTE FUNCTION chaos.see_identity();
"""
