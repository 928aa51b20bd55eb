-- One row per language that is not read: the articles passed over for it after $since, up to $until.
SELECT v.lang, count(DISTINCT r.article_id) AS articles
FROM readings AS r
JOIN revisions AS v USING (article_id, revision)
WHERE r.outcome = 'language' AND r.recorded_at > $since AND r.recorded_at <= $until
GROUP BY v.lang
ORDER BY v.lang
