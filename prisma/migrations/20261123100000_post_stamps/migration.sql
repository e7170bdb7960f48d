-- What a list of posts is known by: a stamp that is new after each change of it, made in the very transaction of the
-- change. Whoever has the list already is told so by one look at its stamp. Stamps are chance, not numbers, so that
-- none comes again after a backup was restored.

-- One for each author. It outlives the account: the posts that go with an account are a change, too.
CREATE TABLE post_stamps (
  author_id uuid PRIMARY KEY,
  stamp     uuid NOT NULL
) WITH (fillfactor = 50);

-- The public list is of all authors, and its stamp is all of these together. Each author has one of sixteen: writers
-- wait for each other's commits at their stamp, and on one row every writer would wait for every other.
CREATE TABLE public_stamps (
  slot  integer PRIMARY KEY,
  stamp uuid NOT NULL
) WITH (fillfactor = 50);
INSERT INTO public_stamps (slot, stamp) SELECT slot, gen_random_uuid() FROM generate_series(0, 15) slot;

-- Rows are locked in one order, so that two statements that touch several authors never wait for each other.
CREATE FUNCTION renew_stamps(authors uuid[], publishers uuid[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO post_stamps (author_id, stamp)
  SELECT author, gen_random_uuid() FROM (SELECT DISTINCT unnest(authors) AS author) them ORDER BY author
  ON CONFLICT (author_id) DO UPDATE SET stamp = excluded.stamp;

  INSERT INTO public_stamps (slot, stamp)
  SELECT slot, gen_random_uuid()
  FROM (SELECT DISTINCT get_byte(uuid_send(unnest(publishers)), 15) & 15 AS slot) them ORDER BY slot
  ON CONFLICT (slot) DO UPDATE SET stamp = excluded.stamp;
$$;

CREATE FUNCTION renew_stamps_of_posts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  authors uuid[];
  publishers uuid[];
BEGIN
  IF TG_OP = 'UPDATE' THEN
    SELECT array_agg(author_id), array_agg(author_id) FILTER (WHERE status = 'published' AND deleted_at IS NULL)
    INTO authors, publishers
    FROM (
      SELECT author_id, status, deleted_at FROM before UNION ALL SELECT author_id, status, deleted_at FROM changed
    ) both_states;
  ELSE
    SELECT array_agg(author_id), array_agg(author_id) FILTER (WHERE status = 'published' AND deleted_at IS NULL)
    INTO authors, publishers
    FROM changed;
  END IF;
  PERFORM renew_stamps(authors, publishers);
  RETURN NULL;
END $$;

CREATE TRIGGER posts_inserted AFTER INSERT ON posts
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION renew_stamps_of_posts();
CREATE TRIGGER posts_updated AFTER UPDATE ON posts
  REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION renew_stamps_of_posts();
CREATE TRIGGER posts_deleted AFTER DELETE ON posts
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION renew_stamps_of_posts();
