-- A file that is being imported, and, afterwards, what became of it. Like a generation it is a row, not a request: it
-- runs under a lease, and whoever finds that run out goes on with it.
CREATE TABLE imports (
  id          uuid PRIMARY KEY,
  owner_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
  filename    text NOT NULL,
  status      text NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'done', 'failed')),
  -- Why it failed, in words for its owner.
  error       text CHECK ((status = 'failed') = (error IS NOT NULL)),
  -- What concerns the whole file, in words for its owner.
  remarks     text[] NOT NULL DEFAULT '{}',
  -- Whether its file is in the storage, so that anybody can go on with it.
  stored      boolean NOT NULL,
  fence       integer NOT NULL DEFAULT 1,
  lease_until timestamptz(3) NOT NULL,
  created_at  timestamptz(3) NOT NULL DEFAULT now(),
  ended_at    timestamptz(3) CHECK ((status = 'running') = (ended_at IS NULL))
);
CREATE INDEX imports_owner_id_created_at_idx ON imports (owner_id, created_at);
CREATE UNIQUE INDEX imports_one_running ON imports (owner_id) WHERE status = 'running';
CREATE INDEX imports_lease ON imports (lease_until) WHERE status = 'running';

-- What became of each thing in the file. `source_id` is what it is known by where it comes from.
CREATE TABLE import_items (
  import_id uuid NOT NULL REFERENCES imports ON DELETE CASCADE ON UPDATE CASCADE,
  source_id text NOT NULL,
  position  integer NOT NULL,
  outcome   text NOT NULL CHECK (outcome IN ('made', 'there', 'refused')),
  title     text NOT NULL,
  post_id   uuid REFERENCES posts ON DELETE SET NULL ON UPDATE CASCADE,
  remarks   text[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (import_id, source_id)
);
CREATE INDEX import_items_post_id_idx ON import_items (post_id);

-- What posts and pictures were made of, so that nothing is made twice, whatever file it comes in.
CREATE TABLE imported_posts (
  owner_id  uuid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
  source_id text NOT NULL,
  post_id   uuid NOT NULL REFERENCES posts ON DELETE CASCADE ON UPDATE CASCADE,
  PRIMARY KEY (owner_id, source_id)
);
CREATE INDEX imported_posts_post_id_idx ON imported_posts (post_id);

CREATE TABLE imported_uploads (
  owner_id  uuid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
  -- SHA-256 of the file as it came.
  sha256    bytea NOT NULL CHECK (octet_length(sha256) = 32),
  upload_id uuid NOT NULL REFERENCES uploads ON DELETE CASCADE ON UPDATE CASCADE,
  PRIMARY KEY (owner_id, sha256)
);
CREATE INDEX imported_uploads_upload_id_idx ON imported_uploads (upload_id);

-- However an import ends or goes, its file is left to be removed.
CREATE FUNCTION leave_import_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO orphan_files (upload_id, condemned) VALUES (OLD.id, true) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER imports_leave_file_ended AFTER UPDATE OF status ON imports
  FOR EACH ROW WHEN (OLD.stored AND OLD.status = 'running' AND NEW.status <> 'running') EXECUTE FUNCTION leave_import_file();
CREATE TRIGGER imports_leave_file_gone AFTER DELETE ON imports
  FOR EACH ROW WHEN (OLD.stored AND OLD.status = 'running') EXECUTE FUNCTION leave_import_file();
