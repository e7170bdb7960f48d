-- The folders in storage that no upload owns: not yet, or no more. A folder is written down here before its first file
-- is written, and taken out in the transaction that makes its upload. What is condemned is about to be removed, and no
-- upload can be made of it any more; so a file is never removed under an upload, however late its maker wakes up.
CREATE TABLE orphan_files (
  upload_id uuid PRIMARY KEY,
  since     timestamptz(3) NOT NULL DEFAULT now(),
  condemned boolean NOT NULL DEFAULT false
);

-- However an upload goes, be it with its owner's account, its files are left to be removed.
CREATE FUNCTION leave_upload_files() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO orphan_files (upload_id, condemned) VALUES (OLD.id, true);
  RETURN NULL;
END $$;
CREATE TRIGGER uploads_leave_files AFTER DELETE ON uploads
  FOR EACH ROW EXECUTE FUNCTION leave_upload_files();

-- An upload that goes is taken from the posts whose cover it is.
CREATE INDEX posts_cover_upload_id_idx ON posts (cover_upload_id) WHERE cover_upload_id IS NOT NULL;
