-- One row per finding first recorded after $since, up to $until, that no digest of $subscriber has told.
SELECT * FROM findings_at($until) AS f
WHERE NOT baseline
  AND recorded_at > $since
  AND finding_id NOT IN (
    SELECT d.finding_id
    FROM digest_findings AS d
    JOIN digests AS g USING (digest_id)
    WHERE g.subscriber = $subscriber
  )
ORDER BY recorded_at, kind, f."at" NULLS LAST, finding_id
