-- One row: the numbers of the span after $since, up to $until.
SELECT
    (SELECT count(DISTINCT source_id) FROM polls WHERE polled_at > $since AND polled_at <= $until) AS sources,
    (SELECT count(*) FROM fetches WHERE outcome = 'page' AND fetched_at > $since AND fetched_at <= $until) AS pages,
    count(*) AS articles,
    count(original_id) AS copies,
    count(*) FILTER (WHERE NOT on_topic) AS off_topic,
    (SELECT count(*) FROM claims_at($until) WHERE NOT is_copy AND recorded_at > $since) AS claims
FROM articles_at($until)
WHERE recorded_at > $since
