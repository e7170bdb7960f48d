-- How often an import was begun and not given back in good order. The fence also counts those.
ALTER TABLE imports ADD COLUMN starts integer NOT NULL DEFAULT 1;
UPDATE imports SET starts = fence;
