-- Changes one row per position on $propositions that was held up to $now and is not among $kept.
UPDATE positions
SET replaced_at = $now
WHERE replaced_at IS NULL
  AND proposition IN (SELECT unnest($propositions::VARCHAR[]))
  AND position_id NOT IN (SELECT unnest($kept::VARCHAR[]))
