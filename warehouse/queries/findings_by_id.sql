-- One row per finding of $ids, at its latest version.
SELECT * FROM findings_at('infinity'::TIMESTAMPTZ)
WHERE finding_id IN (SELECT unnest($ids::VARCHAR[]))
