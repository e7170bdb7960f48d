-- The meter, whole: anonymous visitors, the spend cap, allowances, and a record of what was absorbed and changed.

-- Attempt keys belong to whoever is counted: an account, or a visitor by the keyed hash of an address.
ALTER TABLE attempts DROP CONSTRAINT attempts_owner_id_fkey, DROP CONSTRAINT attempts_pkey;
ALTER TABLE attempts RENAME COLUMN owner_id TO subject;
ALTER TABLE attempts ALTER COLUMN subject TYPE text, ADD PRIMARY KEY (subject, key);

ALTER TABLE generations
  ALTER COLUMN owner_id DROP NOT NULL,
  ADD COLUMN visitor text,
  -- What counts against the day's spend cap: the price while it runs, what was delivered once it has ended.
  ADD COLUMN spend integer NOT NULL DEFAULT 0 CHECK (spend >= 0),
  ADD CONSTRAINT generations_whose CHECK ((owner_id IS NULL) <> (visitor IS NULL)),
  ADD CONSTRAINT generations_visitors_pay_nothing CHECK (visitor IS NULL OR held = 0);
UPDATE generations SET spend = coalesce(charged, held);
CREATE INDEX generations_by_day ON generations (day);

-- Visitors pay nothing, but what they use has its price against the cap.
UPDATE tool_policies SET hold = 1 WHERE tier = 'anonymous';

CREATE TABLE tier_policies (
  tier              "tier" PRIMARY KEY,
  -- Credits given once a month to each account of the tier.
  monthly_allowance integer NOT NULL DEFAULT 0 CHECK (monthly_allowance >= 0),
  -- Uses a day by the whole tier together; null is no limit.
  daily_budget      integer CHECK (daily_budget >= 0)
);
INSERT INTO tier_policies (tier, daily_budget)
VALUES ('anonymous', 300), ('free', NULL), ('pro', NULL), ('unlimited', NULL);

CREATE TABLE daily_spend (
  day     date PRIMARY KEY,
  credits integer NOT NULL CHECK (credits >= 0),
  -- The share of the cap, in percent, of which the operator has been warned.
  warned  integer NOT NULL DEFAULT 0
);

-- What the house paid: work above its hold, or settled after the sweeper had given the hold back.
CREATE TABLE absorbed_costs (
  generation_id uuid NOT NULL REFERENCES generations ON DELETE CASCADE ON UPDATE CASCADE,
  reason        text NOT NULL CHECK (reason IN ('above_hold', 'late')),
  credits       integer NOT NULL CHECK (credits > 0),
  created_at    timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (generation_id, reason)
);

-- What operators changed: who, what, from what, to what.
CREATE TABLE operator_actions (
  id          uuid PRIMARY KEY,
  operator_id uuid NOT NULL REFERENCES users ON DELETE RESTRICT ON UPDATE CASCADE,
  action      text NOT NULL,
  subject     text NOT NULL,
  before      jsonb,
  after       jsonb,
  created_at  timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX operator_actions_created_at_idx ON operator_actions (created_at DESC);
