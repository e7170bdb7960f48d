-- Of the version that is the post as it stands, it is known what stands beside it. By itself, and not with the columns: adding
-- them locks readers out, and would until this is done.
UPDATE post_versions v SET tags = p.tags, cover_upload_id = p.cover_upload_id, slug = p.slug
FROM posts p WHERE p.id = v.post_id AND p.version = v.version;
