-- API keys that can be replaced while they are in use, and that can be given a budget of credits.

ALTER TABLE api_keys
  -- After a rotation the key before goes on working until then.
  ADD COLUMN previous_hash bytea CHECK (octet_length(previous_hash) = 32),
  ADD COLUMN previous_until timestamptz(3),
  ADD CONSTRAINT api_keys_previous_ends CHECK ((previous_hash IS NULL) = (previous_until IS NULL)),
  -- Null is no budget of its own: then only the owner's balance limits it, and nothing is counted.
  ADD COLUMN budget integer CHECK (budget >= 0),
  ADD COLUMN spent integer NOT NULL DEFAULT 0 CHECK (spent >= 0),
  ADD CONSTRAINT api_keys_within_budget CHECK (spent <= budget);
CREATE UNIQUE INDEX api_keys_previous_hash_key ON api_keys (previous_hash);

-- Which budget a generation is taken from; null where there is none.
ALTER TABLE generations
  ADD COLUMN api_key_id uuid REFERENCES api_keys ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX generations_api_key_id_idx ON generations (api_key_id);
