-- What the admins of a server or workspace have set for it.
CREATE TABLE kickbot.place (
    platform text NOT NULL,
    place text NOT NULL,
    channels text[] NOT NULL,           -- where Kickbot answers; empty for everywhere
    daily_limit integer CHECK (daily_limit > 0),
    PRIMARY KEY (platform, place)
);
ALTER TABLE kickbot.place ENABLE ROW LEVEL SECURITY;
