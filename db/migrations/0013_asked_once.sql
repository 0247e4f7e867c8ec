-- Who asks and gets no answer, because the line broke, asks again; by these they know what they have done already. A
-- process that is asked twice for one event does so in two calls.
ALTER TABLE kickbot.job ADD COLUMN filing uuid;     -- the call that filed it
ALTER TABLE kickbot.heard ADD COLUMN hearing uuid;  -- the call that heard it first
