-- Reactions that saved what a message shows, or were told why not. Whoever deletes the save later, or is forgotten, does
-- not get it back because the reaction still stands there. `mark` is a keyed hash of the message and who reacted.
CREATE TABLE kickbot.reaction (
    application text NOT NULL,
    channel text NOT NULL,
    message text NOT NULL,
    mark bytea NOT NULL,
    PRIMARY KEY (application, channel, message, mark),
    FOREIGN KEY (application, channel, message) REFERENCES kickbot.message ON DELETE CASCADE
);
ALTER TABLE kickbot.reaction ENABLE ROW LEVEL SECURITY;
