-- One row per article of $ids at its latest revision, with what the copy rules look at. None of them was seen before
-- $seen: by that constant the texts of all the time before are passed over.
SELECT a.article_id, a.url, r.outlet, r.title, r.text, r.excluded, a.seen, r.published, r.published_precision,
    r.credit, r.credit_evidence, r.canonical, r.partial
FROM revisions AS r
JOIN articles AS a USING (article_id)
WHERE r.article_id IN (SELECT unnest($ids::VARCHAR[])) AND r.seen >= $seen
QUALIFY row_number() OVER (PARTITION BY a.article_id ORDER BY r.revision DESC) = 1
