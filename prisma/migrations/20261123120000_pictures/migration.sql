ALTER TABLE uploads
  -- What moves is only ever served in its own format.
  ADD COLUMN animated boolean NOT NULL DEFAULT false,
  -- What is seen in the place of a picture until it has come: twelve colours, four beside each other in three rows, of
  -- six hexadecimal digits each. Empty for pictures that can be seen through, and for those from before this.
  ADD COLUMN placeholder text NOT NULL DEFAULT '' CHECK (placeholder ~ '^([0-9a-f]{72})?$');
UPDATE uploads SET animated = true WHERE mime IN ('image/gif', 'image/webp');

-- In bytes, for each account of the tier; null is no limit.
ALTER TABLE tier_policies ADD COLUMN upload_quota bigint CHECK (upload_quota >= 0);
UPDATE tier_policies SET upload_quota = 1073741824 WHERE tier = 'free';
UPDATE tier_policies SET upload_quota = 21474836480 WHERE tier = 'pro';

-- How many bytes an account's uploads have together.
CREATE TABLE upload_usage (
  owner_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
  bytes    bigint NOT NULL CHECK (bytes >= 0)
);
INSERT INTO upload_usage (owner_id, bytes) SELECT owner_id, sum(bytes) FROM uploads GROUP BY owner_id;

-- However an upload comes or goes, it is counted in the same transaction. One that has no room is refused here: uploads
-- that come at once wait for each other at the account's row, and each finds what the one before it has left.
CREATE FUNCTION count_upload_bytes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  quota bigint;
BEGIN
  IF TG_OP = 'DELETE' THEN
    UPDATE upload_usage SET bytes = bytes - OLD.bytes WHERE owner_id = OLD.owner_id;
    RETURN NULL;
  END IF;
  SELECT upload_quota INTO quota FROM users JOIN tier_policies USING (tier) WHERE users.id = NEW.owner_id;
  INSERT INTO upload_usage (owner_id, bytes) VALUES (NEW.owner_id, 0) ON CONFLICT (owner_id) DO NOTHING;
  UPDATE upload_usage SET bytes = bytes + NEW.bytes
  WHERE owner_id = NEW.owner_id AND (quota IS NULL OR bytes + NEW.bytes <= quota);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no room for an upload of % bytes', NEW.bytes
      USING ERRCODE = 'check_violation', CONSTRAINT = 'upload_quota';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER uploads_count_bytes AFTER INSERT OR DELETE ON uploads
  FOR EACH ROW EXECUTE FUNCTION count_upload_bytes();
