-- What stood beside the words of a version. One from before this, and one that an instance from before this makes, has
-- no slug, and nobody knows what stood beside it. The cover is no reference: a version goes on saying which one it was
-- when that has been deleted.
ALTER TABLE post_versions
  ADD COLUMN tags            text[] NOT NULL DEFAULT '{}',
  ADD COLUMN cover_upload_id uuid,
  ADD COLUMN slug            text;
