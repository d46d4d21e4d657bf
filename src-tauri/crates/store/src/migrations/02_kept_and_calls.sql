-- What a vendor told once and the vault keeps: the names of it and the place, never a value.
CREATE TABLE kept_secrets (
    connection TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    webhook    TEXT NOT NULL,
    path       TEXT NOT NULL,
    label      TEXT NOT NULL,
    place      TEXT NOT NULL,            -- store::KeptPlace
    reason     TEXT,                     -- why it was not in the keyring when it was kept, in words
    kept_at_ms INTEGER NOT NULL,
    PRIMARY KEY (connection, webhook, path)
) STRICT, WITHOUT ROWID;

-- How many calls were made to a vendor, by month.
CREATE TABLE calls (
    connection TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    month      TEXT NOT NULL,            -- in UTC, as 2026-11
    count      INTEGER NOT NULL,
    PRIMARY KEY (connection, month)
) STRICT, WITHOUT ROWID;
