-- Work that one process at a time does for all. A holder that is killed loses it when its time is over.
CREATE TABLE kickbot.lease (
    work text PRIMARY KEY,
    holder uuid NOT NULL,
    until timestamptz NOT NULL,
    done_at timestamptz NOT NULL DEFAULT '-infinity'    -- when it was last done to its end
);
ALTER TABLE kickbot.lease ENABLE ROW LEVEL SECURITY;

-- Shares are compared with their presets by this alone.
CREATE INDEX share_copied ON kickbot.share (preset_id) INCLUDE (copied_at);

-- Whoever looks whether a row still uses a path holds its row in the trash: what is thrown away meanwhile waits for that.
CREATE OR REPLACE FUNCTION kickbot.throw_away() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    INSERT INTO kickbot.trash (path, due) VALUES (OLD.path, '-infinity')
    ON CONFLICT (path) DO UPDATE SET due = excluded.due;
    RETURN NULL;
END
$$;

-- A message's row goes with what it shows and no sooner.
DROP INDEX kickbot.message_age;
