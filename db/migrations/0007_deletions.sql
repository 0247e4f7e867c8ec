-- Whether the save brought its kick into the library, which then goes with it where it is taken back.
ALTER TABLE kickbot.saved ADD COLUMN brought boolean NOT NULL DEFAULT true;
UPDATE kickbot.saved SET brought = false WHERE kick_id IN (SELECT kick_id FROM kickbot.kick_detail WHERE web_made);

-- Of what a row of usage counts, the part that was counted for another subject and is known here since the two were
-- joined or parted. Where they meet again, each source counts once: by the larger of what both know of it.
CREATE TABLE kickbot.carried (
    subject text NOT NULL,
    day date NOT NULL,
    source text NOT NULL,
    used integer NOT NULL,
    PRIMARY KEY (subject, day, source),
    FOREIGN KEY (subject, day) REFERENCES kickbot.usage ON DELETE CASCADE
);
ALTER TABLE kickbot.carried ENABLE ROW LEVEL SECURITY;

-- Users and kicks are deleted by the web app too, which knows nothing of our files. Whatever deletes the row of a sound
-- puts its path into the trash; from there it goes at once, unless another row has it still.
ALTER TABLE kickbot.kick_detail ADD COLUMN path text;
UPDATE kickbot.kick_detail d SET path = k.storage_path FROM public.kickgen_generatedkick k WHERE k.id = d.kick_id;

-- When a detail is deleted its kick is gone already.
CREATE FUNCTION kickbot.note_path() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.path := (SELECT storage_path FROM public.kickgen_generatedkick WHERE id = NEW.kick_id);
    RETURN NEW;
END
$$;
CREATE TRIGGER note_path BEFORE INSERT ON kickbot.kick_detail
    FOR EACH ROW EXECUTE FUNCTION kickbot.note_path();

-- Rights are its owner's: whoever may delete a user need not be able to write into our tables.
CREATE FUNCTION kickbot.throw_away() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    INSERT INTO kickbot.trash (path, due) VALUES (OLD.path, '-infinity') ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER throw_away AFTER DELETE ON kickbot.take
    FOR EACH ROW EXECUTE FUNCTION kickbot.throw_away();
CREATE TRIGGER throw_away AFTER DELETE ON kickbot.kick_detail
    FOR EACH ROW WHEN (OLD.path IS NOT NULL) EXECUTE FUNCTION kickbot.throw_away();

-- Whoever makes the kick may still store it, and takes it for cancelled when that is to be recorded.
CREATE FUNCTION kickbot.throw_render() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    INSERT INTO kickbot.trash (path, due)
    VALUES (OLD.account_id || '/' || OLD.object || '.wav', now() + interval '1 hour') ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER throw_render AFTER DELETE ON kickbot.job
    FOR EACH ROW WHEN (OLD.state = 'running' AND OLD.object IS NOT NULL) EXECUTE FUNCTION kickbot.throw_render();

CREATE INDEX message_age ON kickbot.message (created_at);
