-- Uploads whose file was not in the storage at their owner's latest export.
CREATE TABLE lost_files (
  upload_id uuid PRIMARY KEY REFERENCES uploads ON DELETE CASCADE ON UPDATE CASCADE,
  since     timestamptz(3) NOT NULL DEFAULT now()
);
