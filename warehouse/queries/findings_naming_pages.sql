-- One row per finding of kind $kind, at its latest version, whose later side stands on one of the pages of $urls.
SELECT * FROM findings_at('infinity'::TIMESTAMPTZ)
WHERE kind = $kind
  AND list_has_any((after ->> '$[*].url'), (SELECT list(u) FROM unnest($urls::VARCHAR[]) AS t(u)))
ORDER BY finding_id
