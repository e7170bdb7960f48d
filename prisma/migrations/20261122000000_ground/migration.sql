-- The ground: people, their writing, and the meter.

CREATE TYPE "role" AS ENUM ('writer', 'operator');
CREATE TYPE "tier" AS ENUM ('anonymous', 'free', 'pro', 'unlimited');
CREATE TYPE "post_status" AS ENUM ('draft', 'published');
CREATE TYPE "generation_status" AS ENUM ('running', 'succeeded', 'stopped', 'failed');
CREATE TYPE "ledger_kind" AS ENUM ('grant', 'hold', 'settle', 'release', 'adjust');

-- People ----------------------------------------------------------------------------------------

CREATE TABLE users (
  id            uuid PRIMARY KEY,
  email         text NOT NULL CHECK (email = lower(email)),
  name          text NOT NULL CHECK (name <> ''),
  password_hash text NOT NULL,
  role          "role" NOT NULL DEFAULT 'writer',
  tier          "tier" NOT NULL DEFAULT 'free' CHECK (tier <> 'anonymous'),
  -- M2: the last word on overspending, whatever a statement gets wrong.
  credits       integer NOT NULL DEFAULT 0 CHECK (credits >= 0),
  created_at    timestamptz(3) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX users_email_key ON users (email);

CREATE TABLE sessions (
  id           uuid PRIMARY KEY,
  user_id      uuid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
  version      integer NOT NULL DEFAULT 1,
  user_agent   text NOT NULL DEFAULT '',
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  last_seen_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at   timestamptz(3) NOT NULL
);
CREATE INDEX sessions_user_id_idx ON sessions (user_id);

CREATE TABLE api_keys (
  id           uuid PRIMARY KEY,
  user_id      uuid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
  name         text NOT NULL CHECK (name <> ''),
  prefix       text NOT NULL,
  -- SHA-256 of the key: it is 256 bits of chance, so a slow hash would protect nothing more.
  hash         bytea NOT NULL CHECK (octet_length(hash) = 32),
  scopes       text[] NOT NULL,
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  expires_at   timestamptz(3),
  last_used_at timestamptz(3),
  revoked_at   timestamptz(3)
);
CREATE UNIQUE INDEX api_keys_hash_key ON api_keys (hash);
CREATE INDEX api_keys_user_id_idx ON api_keys (user_id);

-- Writing ---------------------------------------------------------------------------------------

CREATE TABLE uploads (
  id         uuid PRIMARY KEY,
  owner_id   uuid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
  filename   text NOT NULL,
  mime       text NOT NULL,
  bytes      integer NOT NULL CHECK (bytes > 0),
  width      integer NOT NULL CHECK (width > 0),
  height     integer NOT NULL CHECK (height > 0),
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX uploads_owner_id_created_at_idx ON uploads (owner_id, created_at);

CREATE TABLE posts (
  id              uuid PRIMARY KEY,
  author_id       uuid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
  title           text NOT NULL CHECK (title <> ''),
  content         text NOT NULL,
  excerpt         text NOT NULL DEFAULT '',
  slug            text NOT NULL CHECK (slug <> ''),
  status          "post_status" NOT NULL DEFAULT 'draft',
  cover_upload_id uuid REFERENCES uploads ON DELETE SET NULL ON UPDATE CASCADE,
  version         integer NOT NULL DEFAULT 1 CHECK (version > 0),
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  updated_at      timestamptz(3) NOT NULL DEFAULT now(),
  published_at    timestamptz(3) CHECK (status = 'draft' OR published_at IS NOT NULL),
  deleted_at      timestamptz(3),
  -- 'simple' stems nothing: writers write in any language.
  search          tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', title), 'A') ||
    setweight(to_tsvector('simple', excerpt), 'B') ||
    setweight(to_tsvector('simple', content), 'C')
  ) STORED
);
CREATE UNIQUE INDEX posts_slug_key ON posts (slug);
CREATE INDEX posts_search_idx ON posts USING gin (search);
-- Each list of posts, newest first, has an index that is exactly its rows in exactly its order.
CREATE INDEX posts_by_author ON posts (author_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX posts_public ON posts (published_at DESC, id DESC) WHERE status = 'published' AND deleted_at IS NULL;

CREATE TABLE post_versions (
  post_id    uuid NOT NULL REFERENCES posts ON DELETE CASCADE ON UPDATE CASCADE,
  version    integer NOT NULL,
  title      text NOT NULL,
  content    text NOT NULL,
  excerpt    text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (post_id, version)
);

CREATE TABLE projects (
  id         uuid PRIMARY KEY,
  owner_id   uuid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
  name       text NOT NULL CHECK (name <> ''),
  brief      text NOT NULL DEFAULT '',
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX projects_owner_id_created_at_idx ON projects (owner_id, created_at);

-- The meter -------------------------------------------------------------------------------------

CREATE TABLE tool_policies (
  tool        text NOT NULL,
  tier        "tier" NOT NULL,
  hold        integer NOT NULL CHECK (hold >= 0),
  daily_limit integer NOT NULL CHECK (daily_limit >= -1),
  PRIMARY KEY (tool, tier)
);
INSERT INTO tool_policies (tool, tier, hold, daily_limit)
SELECT tool, tier, CASE WHEN tier = 'anonymous' THEN 0 ELSE hold END, daily_limit
FROM (VALUES ('draft', 4), ('rewrite', 2), ('summarize', 1), ('titles', 1)) AS tools (tool, hold)
CROSS JOIN (VALUES ('anonymous'::"tier", 3), ('free', 20), ('pro', 200), ('unlimited', -1)) AS tiers (tier, daily_limit)
WHERE tier <> 'anonymous' OR tool IN ('summarize', 'titles');

CREATE TABLE generations (
  id                uuid PRIMARY KEY,
  owner_id          uuid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
  project_id        uuid REFERENCES projects ON DELETE SET NULL ON UPDATE CASCADE,
  tool              text NOT NULL,
  prompt            text NOT NULL,
  text              text NOT NULL DEFAULT '',
  brief             text NOT NULL DEFAULT '',
  model             text NOT NULL,
  basic             boolean NOT NULL,
  status            "generation_status" NOT NULL DEFAULT 'running',
  held              integer NOT NULL CHECK (held >= 0),
  charged           integer CHECK (charged BETWEEN 0 AND held),
  -- The UTC day whose counter was used, so that a use given back is given back to the right day.
  day               date NOT NULL,
  input_tokens      integer CHECK (input_tokens >= 0),
  output_tokens     integer CHECK (output_tokens >= 0),
  error_code        text,
  fence             integer NOT NULL DEFAULT 1,
  lease_until       timestamptz(3) NOT NULL,
  stop_requested_at timestamptz(3),
  created_at        timestamptz(3) NOT NULL DEFAULT now(),
  ended_at          timestamptz(3),
  -- M4: running has no outcome, and each outcome is whole.
  CONSTRAINT generations_outcome CHECK (
    (status = 'running') = (charged IS NULL) AND
    (status = 'running') = (ended_at IS NULL) AND
    (status = 'failed') = (error_code IS NOT NULL)
  )
);
CREATE INDEX generations_by_owner ON generations (owner_id, created_at DESC, id DESC);
CREATE INDEX generations_running ON generations (lease_until) WHERE status = 'running';

CREATE TABLE generation_chunks (
  generation_id uuid NOT NULL REFERENCES generations ON DELETE CASCADE ON UPDATE CASCADE,
  seq           integer NOT NULL CHECK (seq > 0),
  text          text NOT NULL,
  PRIMARY KEY (generation_id, seq)
);

CREATE TABLE ledger_entries (
  id            bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  user_id       uuid NOT NULL REFERENCES users ON DELETE RESTRICT ON UPDATE CASCADE,
  kind          "ledger_kind" NOT NULL,
  amount        integer NOT NULL,
  balance       integer NOT NULL CHECK (balance >= 0),
  generation_id uuid REFERENCES generations ON DELETE RESTRICT ON UPDATE CASCADE,
  reason        text NOT NULL,
  ref           text,
  created_at    timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT ledger_entries_sign CHECK (
    CASE kind WHEN 'grant' THEN amount > 0 WHEN 'hold' THEN amount <= 0 WHEN 'adjust' THEN true ELSE amount >= 0 END
  ),
  CONSTRAINT ledger_entries_generation CHECK (
    (generation_id IS NOT NULL) = (kind IN ('hold', 'settle', 'release'))
  )
);
CREATE INDEX ledger_entries_by_user ON ledger_entries (user_id, id DESC);
CREATE INDEX ledger_entries_by_generation ON ledger_entries (generation_id, id) WHERE generation_id IS NOT NULL;
-- M3: one hold and at most one closing entry a generation.
CREATE UNIQUE INDEX ledger_entries_one_hold ON ledger_entries (generation_id) WHERE kind = 'hold';
CREATE UNIQUE INDEX ledger_entries_one_close ON ledger_entries (generation_id) WHERE kind IN ('settle', 'release');
-- M9: a grant with a reference is given once.
CREATE UNIQUE INDEX ledger_entries_one_ref ON ledger_entries (user_id, ref) WHERE ref IS NOT NULL;

CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER ledger_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();

CREATE TABLE daily_uses (
  subject text NOT NULL,
  tool    text NOT NULL,
  day     date NOT NULL,
  used    integer NOT NULL CHECK (used >= 0),
  PRIMARY KEY (subject, tool, day)
);

CREATE TABLE attempts (
  owner_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
  key         text NOT NULL CHECK (key <> ''),
  fingerprint bytea NOT NULL,
  resource_id uuid NOT NULL,
  created_at  timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (owner_id, key)
);
CREATE INDEX attempts_created_at_idx ON attempts (created_at);

CREATE TABLE rate_limits (
  key    varchar(255) PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  expire bigint
);

-- A statement that must not go on calls this: raising is what undoes every part of it at once (M7).
CREATE FUNCTION refuse(code text, facts jsonb DEFAULT '{}') RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', code USING ERRCODE = 'IK000', DETAIL = facts::text;
END $$;
