-- Removes the blocks of all but the latest pages of $hosts.
DELETE FROM blocks
WHERE (host, page_key) IN (
    SELECT (host, page_key)
    FROM (
        SELECT host, page_key, dense_rank() OVER (PARTITION BY host ORDER BY max(seen) DESC, page_key) AS place
        FROM blocks
        WHERE host IN (SELECT unnest($hosts::VARCHAR[]))
        GROUP BY host, page_key
    )
    WHERE place > 2 * $latest
)
