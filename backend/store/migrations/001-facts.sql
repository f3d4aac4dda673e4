-- One row, the database's own: `epoch` names this file (a copy of another one is worthless), `revision` counts the
-- transactions that changed a fact. Every fact carries the revision at which it last changed.
CREATE TABLE ledger (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  epoch TEXT NOT NULL,
  revision INTEGER NOT NULL,
  demo INTEGER NOT NULL CHECK (demo IN (0, 1))
) STRICT;

CREATE TABLE site (
  site_id TEXT PRIMARY KEY,
  network TEXT NOT NULL,
  status TEXT NOT NULL,
  interval_minutes INTEGER NOT NULL CHECK (interval_minutes > 0),
  active_from TEXT,
  closed_on TEXT,
  revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE site_channel (
  site_id TEXT NOT NULL REFERENCES site (site_id),
  identifier TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('general', 'controlledLoad', 'feedIn')),
  tariff TEXT NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (site_id, identifier)
) STRICT, WITHOUT ROWID;

-- What the network charged by; a few dozen rows for ever, so that a price row holds one small number.
CREATE TABLE tariff (
  tariff_id INTEGER PRIMARY KEY,
  words TEXT NOT NULL UNIQUE
) STRICT;

-- Settled prices. An interval is its end and its length.
CREATE TABLE price_actual (
  site_id TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('general', 'controlledLoad', 'feedIn')),
  end_ms INTEGER NOT NULL,
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 60),
  cents_per_kwh REAL NOT NULL,
  spot_cents_per_kwh REAL,
  renewables_percent REAL,
  descriptor TEXT,
  spike_status TEXT,
  tariff_id INTEGER REFERENCES tariff (tariff_id),
  revision INTEGER NOT NULL,
  PRIMARY KEY (site_id, channel, end_ms, minutes)
) STRICT, WITHOUT ROWID;
CREATE INDEX price_actual_by_revision ON price_actual (revision);

-- The running interval as it was last told; a settled one is never overwritten by an estimate.
CREATE TABLE price_current (
  site_id TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('general', 'controlledLoad', 'feedIn')),
  end_ms INTEGER NOT NULL,
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 60),
  cents_per_kwh REAL NOT NULL,
  spot_cents_per_kwh REAL,
  renewables_percent REAL,
  descriptor TEXT,
  spike_status TEXT,
  tariff_id INTEGER REFERENCES tariff (tariff_id),
  estimate INTEGER NOT NULL CHECK (estimate IN (0, 1)),
  advanced TEXT,
  spot_range TEXT,
  made_at_ms INTEGER,
  confirmed_at_ms INTEGER,
  revision INTEGER NOT NULL,
  PRIMARY KEY (site_id, channel, end_ms, minutes)
) STRICT, WITHOUT ROWID;

-- The newest word on each interval to come.
CREATE TABLE price_forecast (
  site_id TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('general', 'controlledLoad', 'feedIn')),
  end_ms INTEGER NOT NULL,
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 60),
  cents_per_kwh REAL NOT NULL,
  spot_cents_per_kwh REAL,
  renewables_percent REAL,
  descriptor TEXT,
  spike_status TEXT,
  tariff_id INTEGER REFERENCES tariff (tariff_id),
  advanced TEXT,
  spot_range TEXT,
  made_at_ms INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (site_id, channel, end_ms, minutes)
) STRICT, WITHOUT ROWID;

-- What was predicted, and when: one set a half hour and channel, packed. Amber cannot be asked for it afterwards.
CREATE TABLE forecast_vintage (
  site_id TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('general', 'controlledLoad', 'feedIn')),
  slot_ms INTEGER NOT NULL,
  made_at_ms INTEGER NOT NULL,
  packed BLOB NOT NULL,
  PRIMARY KEY (site_id, channel, slot_ms)
) STRICT, WITHOUT ROWID;

CREATE TABLE usage (
  site_id TEXT NOT NULL,
  identifier TEXT NOT NULL,
  end_ms INTEGER NOT NULL,
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 60),
  channel TEXT NOT NULL CHECK (channel IN ('general', 'controlledLoad', 'feedIn')),
  kwh REAL NOT NULL CHECK (kwh >= 0),
  cost_cents REAL NOT NULL,
  cents_per_kwh REAL NOT NULL,
  quality TEXT NOT NULL CHECK (quality IN ('estimated', 'billable')),
  tariff_id INTEGER REFERENCES tariff (tariff_id),
  revision INTEGER NOT NULL,
  PRIMARY KEY (site_id, identifier, end_ms, minutes)
) STRICT, WITHOUT ROWID;
CREATE INDEX usage_by_revision ON usage (revision);

-- One row a run, written when it starts and again when it ends: a run without an end was cut off.
CREATE TABLE sync_run (
  sync_run_id INTEGER PRIMARY KEY,
  started_at_ms INTEGER NOT NULL,
  finished_at_ms INTEGER,
  outcome TEXT,
  message TEXT,
  amber_requests INTEGER NOT NULL DEFAULT 0,
  -- The last successful answer from Amber within the run.
  answered_at_ms INTEGER,
  quota_remaining INTEGER,
  quota_resets_at_ms INTEGER,
  -- No call before this instant.
  silent_until_ms INTEGER
) STRICT;

-- How far each kind of question has come; `back_to_date` is the oldest NEM date that was asked for.
CREATE TABLE fetch_progress (
  site_id TEXT NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('sites', 'prices', 'usage')),
  asked_at_ms INTEGER NOT NULL,
  back_to_date TEXT,
  reached_start INTEGER NOT NULL DEFAULT 0 CHECK (reached_start IN (0, 1)),
  PRIMARY KEY (site_id, what)
) STRICT, WITHOUT ROWID;

-- Rows that could not be understood, each once.
CREATE TABLE quarantine (
  source TEXT NOT NULL,
  reason TEXT NOT NULL,
  raw TEXT NOT NULL,
  first_seen_ms INTEGER NOT NULL,
  PRIMARY KEY (source, reason, raw)
) STRICT, WITHOUT ROWID;
