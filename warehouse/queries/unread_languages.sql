-- One row per language that articles were passed over for after $since, up to $until.
SELECT r.lang, count(DISTINCT r.article_id) AS pages
FROM readings AS p
JOIN revisions AS r USING (article_id, revision)
WHERE p.outcome = 'language' AND p.recorded_at > $since AND p.recorded_at <= $until
GROUP BY r.lang
ORDER BY r.lang
