-- One row per article of $ids at its latest revision, with what the copy rules look at.
SELECT a.article_id, a.url, r.outlet, r.title, r.text, r.excluded, a.seen, r.published, r.published_precision,
    r.credit, r.credit_evidence, r.canonical, r.partial
FROM articles AS a
JOIN revisions AS r USING (article_id)
WHERE a.article_id IN (SELECT unnest($ids::VARCHAR[]))
QUALIFY row_number() OVER (PARTITION BY a.article_id ORDER BY r.revision DESC) = 1
