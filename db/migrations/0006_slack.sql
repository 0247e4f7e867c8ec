-- Workspaces in which the Slack app was installed; what the bot says there with is sealed by a key that is not here.
CREATE TABLE kickbot.slack_installation (
    client_id text NOT NULL,            -- the Slack app's
    team text NOT NULL,                 -- the workspace, or the organisation for one that is installed in all of it
    sealed bytea NOT NULL,
    installed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (client_id, team)
);
ALTER TABLE kickbot.slack_installation ENABLE ROW LEVEL SECURITY;

-- Events that were heard: Slack tells of each several times where an answer is slow, and to any of our processes.
CREATE TABLE kickbot.heard (
    application text NOT NULL,
    event text NOT NULL,
    heard_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (application, event)
);
CREATE INDEX heard_age ON kickbot.heard (heard_at);
ALTER TABLE kickbot.heard ENABLE ROW LEVEL SECURITY;
