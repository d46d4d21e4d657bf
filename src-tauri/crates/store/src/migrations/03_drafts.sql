-- What was changed in a form and not saved, without the secrets typed in it.
CREATE TABLE drafts (
    connection TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    webhook    TEXT NOT NULL,            -- empty for a new webhook
    kept_at_ms INTEGER NOT NULL,
    draft      TEXT NOT NULL,            -- JSON, secrets taken out
    PRIMARY KEY (connection, webhook)
) STRICT, WITHOUT ROWID;
