-- Tags, as they were typed and as they are found by: the key of a tag is what its address says.
ALTER TABLE posts
  ADD COLUMN tags text[] NOT NULL DEFAULT '{}',
  ADD COLUMN tag_keys text[] NOT NULL DEFAULT '{}' CHECK (cardinality(tag_keys) = cardinality(tags)),
  -- A draft that is to be published by itself at this time.
  ADD COLUMN publish_at timestamptz(3) CHECK (publish_at IS NULL OR status = 'draft');

CREATE INDEX posts_public_tags ON posts USING gin (tag_keys) WHERE status = 'published' AND deleted_at IS NULL;
CREATE INDEX posts_due ON posts (publish_at) WHERE publish_at IS NOT NULL;

-- Addresses that a post had while it was public. They lead on to the one that it has.
CREATE TABLE former_slugs (
  slug       text PRIMARY KEY,
  post_id    uuid NOT NULL REFERENCES posts ON DELETE CASCADE ON UPDATE CASCADE,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX former_slugs_post_id_idx ON former_slugs (post_id);

-- What a picture shows, for those who don't see it.
ALTER TABLE uploads ADD COLUMN alt text NOT NULL DEFAULT '';
