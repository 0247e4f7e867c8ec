-- The web app may have a database role of its own, which has no rights on our tables. What it deletes reaches ours by
-- their foreign keys, and up to PostgreSQL 17 the triggers there run with its rights: so these have their owner's.
ALTER FUNCTION kickbot.count_save() SECURITY DEFINER SET search_path = '';
ALTER FUNCTION kickbot.add_saves(text, integer, integer) SECURITY DEFINER SET search_path = '';

-- The web app removes a kick's file and then its row. A take may have the same file: from when on that is doubted.
ALTER TABLE kickbot.take ADD COLUMN doubted_at timestamptz;
CREATE INDEX take_doubted ON kickbot.take (doubted_at) WHERE doubted_at IS NOT NULL;

CREATE FUNCTION kickbot.doubt_take() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    UPDATE kickbot.take SET doubted_at = clock_timestamp() WHERE path = OLD.path;
    RETURN NULL;
END
$$;
CREATE TRIGGER doubt_take AFTER DELETE ON kickbot.kick_detail
    FOR EACH ROW WHEN (OLD.path IS NOT NULL) EXECUTE FUNCTION kickbot.doubt_take();

-- A trigger needs nobody's right to call it.
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA kickbot FROM PUBLIC;
