-- The words that a deployed worker last told.
CREATE TABLE kickbot.vocabulary (
    worker text PRIMARY KEY,
    revision text NOT NULL,
    words text[] NOT NULL
);

-- Until when a container of a worker is kept awake. `kickbot run` lets it go then and takes the row away.
CREATE TABLE kickbot.warmth (
    worker text PRIMARY KEY,
    until timestamptz NOT NULL
);

ALTER TABLE kickbot.vocabulary ENABLE ROW LEVEL SECURITY;
ALTER TABLE kickbot.warmth ENABLE ROW LEVEL SECURITY;
