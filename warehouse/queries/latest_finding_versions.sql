-- One row per finding of $ids that is known: its last version.
SELECT finding_id, max(version) AS version, arg_max(content_hash, version) AS content_hash,
    arg_max(baseline, version) AS baseline
FROM findings
WHERE finding_id IN (SELECT unnest($ids::VARCHAR[]))
GROUP BY finding_id
