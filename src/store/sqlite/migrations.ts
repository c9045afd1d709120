/**
 * What each version of the file adds to the one before; a version that was released is never changed.
 * `user_version` of the file counts those that are in.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE topics (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    last_seq INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0
  );
  -- Ids rise with time over all topics: the order in which retention removes.
  CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    topic INTEGER NOT NULL REFERENCES topics (id),
    seq INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    key TEXT,
    job TEXT,
    UNIQUE (topic, seq)
  );
  CREATE UNIQUE INDEX events_key ON events (topic, key) WHERE key IS NOT NULL;
  CREATE INDEX events_job ON events (job, seq) WHERE job IS NOT NULL;
  CREATE VIRTUAL TABLE found USING fts5 (words, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
  CREATE TRIGGER events_added AFTER INSERT ON events BEGIN
    UPDATE topics SET last_seq = NEW.seq, bytes = bytes + length(NEW.body) WHERE id = NEW.topic;
  END;
  CREATE TRIGGER events_removed AFTER DELETE ON events BEGIN
    UPDATE topics SET bytes = bytes - length(OLD.body) WHERE id = OLD.topic;
    DELETE FROM found WHERE rowid = OLD.id;
  END;
  CREATE TABLE jobs (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    video TEXT NOT NULL,
    lane TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    plan TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    started_ms INTEGER,
    finished_ms INTEGER,
    progress REAL,
    failure TEXT
  );
  CREATE INDEX jobs_waiting ON jobs (state, lane, number);
  CREATE INDEX jobs_video ON jobs (video, number);
  CREATE TABLE videos (id TEXT PRIMARY KEY, created_ms INTEGER NOT NULL, body TEXT NOT NULL);
  CREATE INDEX videos_created ON videos (created_ms);
  CREATE TABLE streams (id TEXT PRIMARY KEY, created_ms INTEGER NOT NULL, body TEXT NOT NULL);
  CREATE INDEX streams_created ON streams (created_ms);
  `,
  `
  CREATE TABLE webhooks (id TEXT PRIMARY KEY, created_ms INTEGER NOT NULL, body TEXT NOT NULL);
  -- Up to which event it has been looked who wants it.
  CREATE TABLE webhook_cursor (event INTEGER NOT NULL);
  INSERT INTO webhook_cursor SELECT coalesce(max(id), 0) FROM events;
  CREATE TABLE deliveries (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    webhook TEXT NOT NULL,
    topic INTEGER NOT NULL,
    event INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    attempts INTEGER NOT NULL DEFAULT 0,
    due_ms INTEGER NOT NULL,
    failure TEXT,
    UNIQUE (event, webhook)
  );
  CREATE INDEX deliveries_waiting ON deliveries (webhook, state, topic, number);
  CREATE TRIGGER events_undeliverable AFTER DELETE ON events BEGIN
    DELETE FROM deliveries WHERE event = OLD.id;
  END;
  `,
  `
  CREATE TABLE frames (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    topic TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    jpeg BLOB NOT NULL
  );
  CREATE INDEX frames_topic ON frames (topic, number);
  CREATE TABLE frames_total (bytes INTEGER NOT NULL);
  INSERT INTO frames_total (bytes) VALUES (0);
  CREATE TRIGGER frames_added AFTER INSERT ON frames BEGIN
    UPDATE frames_total SET bytes = bytes + NEW.bytes;
  END;
  CREATE TRIGGER frames_removed AFTER DELETE ON frames BEGIN
    UPDATE frames_total SET bytes = bytes - OLD.bytes;
  END;
  `,
];
