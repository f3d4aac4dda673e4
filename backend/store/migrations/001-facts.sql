-- Long names (of sites, registers, tariffs) and words (channel, descriptor, spike) repeat on every row: a row holds small
-- numbers for them, and its end in minutes since 1970, since every interval ends on a full minute. Channels, descriptors and
-- spike statuses are numbered as domain/price.ts lists them. A day is a NEM day (+10:00), counted since 1970.

-- One row, the database's own: `epoch` names this file (a copy of another one is worthless), `revision` counts the
-- transactions that changed a fact. Every fact carries the revision at which it last changed.
CREATE TABLE ledger (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  epoch TEXT NOT NULL,
  revision INTEGER NOT NULL,
  demo INTEGER NOT NULL CHECK (demo IN (0, 1))
) STRICT;

CREATE TABLE site_number (
  site_no INTEGER PRIMARY KEY,
  site_id TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE site (
  site_no INTEGER PRIMARY KEY REFERENCES site_number (site_no),
  network TEXT NOT NULL,
  status TEXT NOT NULL,
  interval_minutes INTEGER NOT NULL CHECK (interval_minutes > 0),
  active_from TEXT,
  closed_on TEXT,
  -- How many answers in a row have left it out.
  left_out INTEGER NOT NULL DEFAULT 0,
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE site_channel (
  site_no INTEGER NOT NULL REFERENCES site (site_no),
  identifier TEXT NOT NULL,
  channel INTEGER NOT NULL CHECK (channel IN (0, 1, 2)),
  tariff TEXT NOT NULL,
  left_out INTEGER NOT NULL DEFAULT 0,
  revision INTEGER NOT NULL,
  PRIMARY KEY (site_no, identifier)
) STRICT, WITHOUT ROWID;

-- What the network charged by; a few dozen rows for ever.
CREATE TABLE tariff (
  tariff_id INTEGER PRIMARY KEY,
  words TEXT NOT NULL UNIQUE
) STRICT;

-- Settled prices. An interval is its end and its length. The channels of an interval lie together: a sync adds one row
-- to each, and that should touch one page.
CREATE TABLE price_actual (
  site_no INTEGER NOT NULL,
  end_minute INTEGER NOT NULL,
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 60),
  channel INTEGER NOT NULL CHECK (channel IN (0, 1, 2)),
  cents_per_kwh REAL NOT NULL,
  spot_cents_per_kwh REAL,
  renewables_percent REAL,
  descriptor INTEGER,
  spike_status INTEGER,
  tariff_id INTEGER,
  revision INTEGER NOT NULL,
  PRIMARY KEY (site_no, end_minute, minutes, channel)
) STRICT, WITHOUT ROWID;

-- The running interval and the forecasts of a site, packed: all of it is told anew every five minutes, and read whole.
CREATE TABLE price_live (
  site_no INTEGER PRIMARY KEY,
  packed BLOB NOT NULL,
  revision INTEGER NOT NULL
) STRICT;

-- What was predicted, and when: one set a half hour, packed. Amber cannot be asked for it afterwards.
CREATE TABLE forecast_vintage (
  site_no INTEGER NOT NULL,
  slot_minute INTEGER NOT NULL,
  made_at_ms INTEGER NOT NULL,
  packed BLOB NOT NULL,
  UNIQUE (site_no, slot_minute)
) STRICT;

-- Registers of meters: E1, E2, B1.
CREATE TABLE register (
  register_no INTEGER PRIMARY KEY,
  site_no INTEGER NOT NULL,
  identifier TEXT NOT NULL,
  UNIQUE (site_no, identifier)
) STRICT;

CREATE TABLE usage (
  register_no INTEGER NOT NULL REFERENCES register (register_no),
  end_minute INTEGER NOT NULL,
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 60),
  channel INTEGER NOT NULL CHECK (channel IN (0, 1, 2)),
  kwh REAL NOT NULL CHECK (kwh >= 0),
  cost_cents REAL NOT NULL,
  cents_per_kwh REAL NOT NULL,
  estimated INTEGER NOT NULL CHECK (estimated IN (0, 1)),
  tariff_id INTEGER,
  revision INTEGER NOT NULL,
  PRIMARY KEY (register_no, end_minute, minutes)
) STRICT, WITHOUT ROWID;

-- What a row of usage said before it was changed, and what it said then; no `became_…`: rows of another length took its
-- place. Amber does not tell of its corrections, so this is their only record.
CREATE TABLE usage_revision (
  register_no INTEGER NOT NULL REFERENCES register (register_no),
  end_minute INTEGER NOT NULL,
  minutes INTEGER NOT NULL,
  changed_at_ms INTEGER NOT NULL,
  channel INTEGER NOT NULL,
  was_kwh REAL NOT NULL,
  was_cost_cents REAL NOT NULL,
  was_cents_per_kwh REAL NOT NULL,
  was_estimated INTEGER NOT NULL,
  was_tariff_id INTEGER,
  became_kwh REAL,
  became_cost_cents REAL,
  became_cents_per_kwh REAL,
  became_estimated INTEGER,
  became_tariff_id INTEGER,
  PRIMARY KEY (register_no, end_minute, minutes, changed_at_ms)
) STRICT, WITHOUT ROWID;

-- The revision at which anything of a day last changed: finds the rows of a mirror's delta without an index as large as
-- the rows.
CREATE TABLE day_revision (
  site_no INTEGER NOT NULL,
  nem_day INTEGER NOT NULL,
  prices INTEGER NOT NULL DEFAULT 0,
  usage INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (site_no, nem_day)
) STRICT, WITHOUT ROWID;

-- One row a run that ended, or got at least one answer.
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
  -- By how much this machine's clock was moved to be Amber's.
  clock_off_ms INTEGER
) STRICT;

-- When each question was last answered, and how often in a row with nothing, or not at all.
CREATE TABLE question (
  site_no INTEGER NOT NULL,
  name TEXT NOT NULL,
  answered_at_ms INTEGER,
  empty_answers INTEGER NOT NULL DEFAULT 0,
  failed_at_ms INTEGER,
  failures INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (site_no, name)
) STRICT, WITHOUT ROWID;

-- Small things the program remembers of itself, each a JSON under its name.
CREATE TABLE note (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Rows that could not be understood, each once.
CREATE TABLE quarantine (
  source TEXT NOT NULL,
  reason TEXT NOT NULL,
  raw TEXT NOT NULL,
  first_seen_ms INTEGER NOT NULL,
  PRIMARY KEY (source, reason, raw)
) STRICT, WITHOUT ROWID;
