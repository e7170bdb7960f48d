CREATE INDEX posts_trash ON posts (deleted_at) WHERE deleted_at IS NOT NULL;

-- What was typed into the editor and not saved, at a post or, without one, at one that is new. It outlives the post.
CREATE TABLE post_drafts (
  id         uuid PRIMARY KEY,
  user_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
  post_id    uuid REFERENCES posts ON DELETE SET NULL ON UPDATE CASCADE,
  -- The version that the text was made from.
  base       integer NOT NULL,
  fields     jsonb NOT NULL,
  -- Counts what was kept. Whoever did not keep the last must know it, or keeps a row of its own: see keepDraft.
  revision   integer NOT NULL DEFAULT 1,
  sitting    uuid NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX post_drafts_user_id_updated_at_idx ON post_drafts (user_id, updated_at DESC);
CREATE INDEX post_drafts_post_id_idx ON post_drafts (post_id);
