-- The address of the site that a file comes from, where its owner has said it.
ALTER TABLE imports ADD COLUMN site text;

-- What links to a post are known by at its source, for posts that are imported later and lead to it.
ALTER TABLE imported_posts ADD COLUMN link_keys text[] NOT NULL DEFAULT '{}';
