-- An address that was another post's while that was public leads on to it, and is nobody else's. Looked at after the row
-- is there: whoever takes an address that is just being left waits at the unique index, and sees then what was left behind.
CREATE FUNCTION refuse_former_slug() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM former_slugs WHERE slug = NEW.slug AND post_id <> NEW.id) THEN
    RAISE unique_violation USING CONSTRAINT = 'posts_slug_former',
      MESSAGE = format('the slug %L leads to another post', NEW.slug);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER posts_slug_inserted AFTER INSERT ON posts FOR EACH ROW EXECUTE FUNCTION refuse_former_slug();
CREATE TRIGGER posts_slug_updated AFTER UPDATE OF slug ON posts
  FOR EACH ROW WHEN (OLD.slug <> NEW.slug) EXECUTE FUNCTION refuse_former_slug();

-- Counts the saves of a project, so that of two who change it the second is told.
ALTER TABLE projects
  ADD COLUMN version    integer NOT NULL DEFAULT 1,
  ADD COLUMN updated_at timestamptz(3) NOT NULL DEFAULT now();
