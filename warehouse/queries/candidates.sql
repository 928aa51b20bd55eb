-- One row per new article (`fresh`, a row a mark) and stored or equally new article that shares rare marks or all its
-- words with it, seen or published within $window days of it: at most $most for its likeness, and as many again of the
-- outlet it credits.
-- A mark that more than $popular articles have is a formula and tells nothing; a rare one tells more than a common one.
-- Fewer than $fewest marks in common are chance, unless the new article has hardly more.
WITH weights AS (
    SELECT mark, 1.0 / count(*) AS weight
    FROM (
        SELECT mark FROM sketches
        -- The bounds are those of the whole batch, as constants: by them whole blocks of rows are passed over.
        WHERE day BETWEEN $first AND $last AND mark IN (SELECT mark FROM fresh)
        UNION ALL
        SELECT mark FROM fresh
    )
    GROUP BY mark
    HAVING count(*) BETWEEN 2 AND $popular
),
-- Gone over once more, for the marks that tell something: a paragraph that stands everywhere would else be carried along
-- with every article that has it.
pool AS (
    SELECT mark, article_id, day
    FROM sketches
    WHERE day BETWEEN $first AND $last AND mark IN (SELECT mark FROM weights)
    UNION ALL
    SELECT mark, article_id, day FROM fresh WHERE mark IN (SELECT mark FROM weights)
),
own AS (
    SELECT article_id, count(*) AS marks FROM fresh GROUP BY article_id
),
likeness AS (
    SELECT fresh.article_id AS new_id, pool.article_id AS other_id, sum(weights.weight) AS weight
    FROM fresh
    JOIN weights USING (mark)
    JOIN pool USING (mark)
    JOIN own ON own.article_id = fresh.article_id
    WHERE pool.article_id <> fresh.article_id AND abs(pool.day - fresh.day) <= $window
    GROUP BY fresh.article_id, pool.article_id, own.marks
    HAVING count(*) >= least($fewest, ceil(own.marks / 4))
),
ranked AS (
    SELECT
        new_id,
        other_id,
        row_number() OVER (PARTITION BY new_id ORDER BY weight DESC, other_id) AS place,
        row_number() OVER (
            PARTITION BY new_id, outlets.outlet IS NOT DISTINCT FROM newcomers.credit ORDER BY weight DESC, other_id
        ) AS place_of_credited,
        outlets.outlet IS NOT DISTINCT FROM newcomers.credit AS credited
    FROM likeness
    JOIN newcomers ON newcomers.article_id = new_id
    LEFT JOIN (
        SELECT article_id, any_value(outlet) AS outlet
        FROM (
            -- Of those that are alike only: the whole of the warehouse would cost more with every article.
            SELECT article_id, outlet FROM revisions WHERE article_id IN (SELECT other_id FROM likeness)
            UNION ALL
            SELECT article_id, outlet FROM newcomers
        )
        GROUP BY article_id
    ) AS outlets ON outlets.article_id = other_id
)
SELECT new_id, other_id FROM ranked WHERE place <= $most OR (credited AND place_of_credited <= $most)
UNION
SELECT newcomers.article_id, same.article_id
FROM newcomers
JOIN (
    SELECT article_id, body_hash FROM revisions WHERE body_hash IN (SELECT body_hash FROM newcomers)
    UNION ALL
    SELECT article_id, body_hash FROM newcomers
) AS same USING (body_hash)
WHERE same.article_id <> newcomers.article_id
QUALIFY row_number() OVER (PARTITION BY newcomers.article_id ORDER BY same.article_id) <= $most
ORDER BY new_id, other_id
