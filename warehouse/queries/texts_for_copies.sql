-- One row per article of $ids at its latest revision, with what the copy rules look at. None of them was seen before
-- $seen: by that constant the texts of all the time before are passed over. It was published when its earliest version
-- says, where any says to the day: many pages give the date of their last change for that of their publication.
SELECT a.article_id, a.url, r.outlet, r.title, r.text, r.excluded, a.seen,
    coalesce(r.dated.published, r.published) AS published,
    coalesce(r.dated.published_precision, r.published_precision) AS published_precision,
    r.credit, r.credit_evidence, r.canonical, r.partial
FROM (
    SELECT
        *,
        min({'published': published, 'published_precision': published_precision})
            FILTER (WHERE published_precision IN ('second', 'day')) OVER (PARTITION BY article_id) AS dated
    FROM revisions
    WHERE article_id IN (SELECT unnest($ids::VARCHAR[])) AND seen >= $seen
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY revision DESC) = 1
) AS r
JOIN articles AS a USING (article_id)
