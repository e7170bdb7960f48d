-- What the studio has to say to its operators by mail. A row is made in the statement that makes the occasion, and is
-- gone when the mail is sent, by whichever instance.
CREATE TABLE outgoing_mails (
  id         uuid PRIMARY KEY,
  recipients text[] NOT NULL,
  subject    text NOT NULL,
  body       text NOT NULL,
  -- How often it was tried, and when it is to be tried again.
  attempts   integer NOT NULL DEFAULT 0,
  due_at     timestamptz(3) NOT NULL DEFAULT now(),
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX outgoing_mails_due_at_idx ON outgoing_mails (due_at);
