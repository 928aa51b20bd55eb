-- Changes one row per page just fetched (`fetched`): its state is told from its whole log, so that a fetch recorded
-- twice counts once.
UPDATE pages
SET fetches = log.fetches,
    failures = log.failures,
    last_at = log.last_at,
    last_outcome = log.last_outcome,
    last_permanent = log.last_permanent,
    final_url = coalesce(log.final_url, pages.final_url),
    etag = log.etag,
    last_modified = log.last_modified
FROM (
    SELECT
        f.page_key,
        count(*) AS fetches,
        count(*) FILTER (WHERE f.fetched_at > coalesce(g.last_good, '-infinity'::TIMESTAMPTZ)) AS failures,
        max(f.fetched_at) AS last_at,
        arg_max(f.outcome, f.fetched_at) AS last_outcome,
        arg_max(f.permanent, f.fetched_at) AS last_permanent,
        arg_max(f.final_url, f.fetched_at) FILTER (WHERE f.outcome = 'page') AS final_url,
        any_value(g.etag) AS etag,
        any_value(g.last_modified) AS last_modified
    FROM fetches AS f
    LEFT JOIN (
        SELECT
            page_key,
            max(fetched_at) AS last_good,
            (arg_max({'v': etag}, fetched_at) FILTER (WHERE outcome = 'page' OR etag IS NOT NULL)).v AS etag,
            (arg_max({'v': last_modified}, fetched_at)
                FILTER (WHERE outcome = 'page' OR last_modified IS NOT NULL)).v AS last_modified
        FROM fetches
        WHERE outcome <> 'failed' AND page_key IN (SELECT page_key FROM fetched)
        GROUP BY page_key
    ) AS g USING (page_key)
    WHERE f.page_key IN (SELECT page_key FROM fetched)
    GROUP BY f.page_key
) AS log
WHERE pages.page_key = log.page_key
