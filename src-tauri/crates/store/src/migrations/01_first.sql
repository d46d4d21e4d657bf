CREATE TABLE connections (
    id         TEXT PRIMARY KEY,
    position   INTEGER NOT NULL,
    body       TEXT NOT NULL             -- model::Connection as JSON; holds no secret
) STRICT;

CREATE TABLE last_read (
    connection TEXT PRIMARY KEY REFERENCES connections (id) ON DELETE CASCADE,
    read_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE last_seen (
    connection TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    webhook    TEXT NOT NULL,
    position   INTEGER NOT NULL,
    slim       TEXT NOT NULL,            -- model::WebhookRow as JSON, for the list
    body       TEXT NOT NULL,            -- model::Webhook as JSON, secrets stripped
    PRIMARY KEY (connection, webhook)
) STRICT, WITHOUT ROWID;

-- No foreign key: the record outlives the connection it speaks of.
CREATE TABLE journal (
    id          TEXT PRIMARY KEY,
    started_ms  INTEGER NOT NULL,
    finished_ms INTEGER,
    connection  TEXT NOT NULL,
    webhook     TEXT,
    outcome     TEXT NOT NULL,           -- the tag of model::JournalOutcome
    body        TEXT NOT NULL            -- model::JournalEntry as JSON; holds no secret
) STRICT;
CREATE INDEX journal_by_time ON journal (started_ms);
CREATE INDEX journal_by_webhook ON journal (connection, webhook, started_ms);

-- Written once, completed once, never removed: the record is append-only.
CREATE TRIGGER journal_keeps_what_is_finished BEFORE UPDATE OF outcome ON journal
WHEN OLD.outcome IN ('done', 'failed')
BEGIN
    SELECT RAISE (ABORT, 'a finished journal entry does not change');
END;
CREATE TRIGGER journal_is_not_deleted BEFORE DELETE ON journal
BEGIN
    SELECT RAISE (ABORT, 'journal entries are not deleted');
END;

CREATE TABLE preferences (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
