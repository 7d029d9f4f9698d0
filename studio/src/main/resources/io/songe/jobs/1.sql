-- A job; the task is its order in JSON and never changes. Times are milliseconds since 1970.
CREATE TABLE job (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  state TEXT NOT NULL,
  -- 1 if it was begun and goes on before all others
  resumed INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  -- of a waiting job: its place among its owner's; of one that is over: its place among those
  rank INTEGER NOT NULL,
  submitted INTEGER NOT NULL,
  started INTEGER,
  ended INTEGER,
  frames INTEGER NOT NULL,
  failure TEXT,
  task TEXT NOT NULL
) STRICT;

CREATE INDEX job_waiting ON job (rank) WHERE ended IS NULL;
CREATE INDEX job_over ON job (rank) WHERE ended IS NOT NULL;
CREATE INDEX job_over_of_owner ON job (owner, rank) WHERE ended IS NOT NULL;

-- A picture that is done and safe.
CREATE TABLE picture (
  job TEXT NOT NULL REFERENCES job ON DELETE CASCADE,
  image INTEGER NOT NULL,
  PRIMARY KEY (job, image)
) STRICT, WITHOUT ROWID;

-- How long pictures took: seconds for a million pixels and steps.
CREATE TABLE pace (
  model TEXT NOT NULL,
  kind TEXT NOT NULL,
  size INTEGER NOT NULL,
  seconds REAL NOT NULL,
  PRIMARY KEY (model, kind, size)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
