-- The finding of that $id, for a mark.
SELECT sentence AS said FROM all_findings_at('infinity'::TIMESTAMPTZ) WHERE finding_id = $id
