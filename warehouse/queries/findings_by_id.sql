-- One row per finding of $ids, at its latest version, whether it holds or not.
SELECT * FROM all_findings_at('infinity'::TIMESTAMPTZ)
WHERE finding_id IN (SELECT unnest($ids::VARCHAR[]))
