-- One row per finding first recorded after $since, up to $until, that no digest of $subscriber has told and that was not
-- taken back since. A correction goes to those only whom a digest told of what it corrects.
WITH told AS (
    SELECT d.finding_id
    FROM digest_findings AS d
    JOIN digests AS g USING (digest_id)
    WHERE g.subscriber = $subscriber
)
SELECT * FROM findings_at($until) AS f
WHERE NOT baseline
  AND recorded_at > $since
  AND finding_id NOT IN (SELECT finding_id FROM told)
  AND finding_id NOT IN (SELECT finding_id FROM corrections_at($until) WHERE status = 'corrected')
  AND (kind <> 'correction' OR (detail ->> 'corrects') IN (SELECT finding_id FROM told))
ORDER BY recorded_at, kind, f."at" NULLS LAST, finding_id
