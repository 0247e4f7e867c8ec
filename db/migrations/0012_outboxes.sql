-- The thread of the channel in which the message stands, null where it is in none or was noted before.
ALTER TABLE kickbot.message ADD COLUMN thread text;

-- Messages to remove because what they showed is deleted: whoever serves the application does that. A row is written
-- with the deletion, and goes when the message is gone, when the platform refuses that for good, or after a week.
CREATE TABLE kickbot.removal (
    application text NOT NULL,
    channel text NOT NULL,
    message text NOT NULL,
    thread text,
    created_at timestamptz NOT NULL DEFAULT now(),
    due timestamptz NOT NULL DEFAULT now(),     -- nobody else tries before that
    attempts smallint NOT NULL DEFAULT 0,
    PRIMARY KEY (application, channel, message)
);
CREATE INDEX removal_due ON kickbot.removal (application, due);
CREATE INDEX removal_age ON kickbot.removal (created_at);
ALTER TABLE kickbot.removal ENABLE ROW LEVEL SECURITY;

-- What to tell people who are not asking just now: whoever serves their platform does that. A row is written with what
-- it tells of, holds nothing else of them, and goes when it is sent, or after a week.
CREATE TABLE kickbot.letter (
    id uuid PRIMARY KEY,
    platform text NOT NULL,
    realm text NOT NULL,
    external_id text NOT NULL,
    text text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    due timestamptz NOT NULL DEFAULT now(),     -- nobody else sends it before that
    attempts smallint NOT NULL DEFAULT 0
);
CREATE INDEX letter_due ON kickbot.letter (platform, due);
CREATE INDEX letter_person ON kickbot.letter (platform, realm, external_id);
CREATE INDEX letter_age ON kickbot.letter (created_at);
ALTER TABLE kickbot.letter ENABLE ROW LEVEL SECURITY;
