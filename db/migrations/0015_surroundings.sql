-- A message is found by its thread too: of one that a session was never told of, only its own id is known.
CREATE INDEX message_thread ON kickbot.message (application, thread, message) WHERE thread IS NOT NULL;

-- Whether the bot is no member where it was asked: only the asker has installed the app.
ALTER TABLE kickbot.job ADD COLUMN outside boolean NOT NULL DEFAULT false;
ALTER TABLE kickbot.message ADD COLUMN outside boolean NOT NULL DEFAULT false;
ALTER TABLE kickbot.removal ADD COLUMN outside boolean NOT NULL DEFAULT false;

-- Places that the bot was removed from: what is shared there, and what is set for them, goes when that is due.
CREATE TABLE kickbot.departure (
    platform text NOT NULL,
    place text NOT NULL,
    due timestamptz NOT NULL,
    PRIMARY KEY (platform, place)
);
CREATE INDEX departure_due ON kickbot.departure (due);
ALTER TABLE kickbot.departure ENABLE ROW LEVEL SECURITY;
