-- One row per new article (`fresh`, a row a mark; `newcomers`) and article that shares rare marks with it, stored or
-- before it in the batch, seen or published within $window days of it: at most $most for its likeness, and as many again
-- of the outlet it credits.
-- A mark that more than $popular articles have is a formula and tells nothing; a rare one tells more than a common one.
-- Fewer than $fewest marks in common are chance, unless the new article has hardly more.
WITH weights AS MATERIALIZED (
    -- Whole numbers: a sum of fractions would depend on who adds them in which order.
    SELECT mark, 1000000 // count(*) AS weight
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
asked AS MATERIALIZED (
    SELECT mark, n, weight FROM fresh JOIN weights USING (mark)
),
pool AS (
    SELECT mark, article_id, day, -1 AS n
    FROM sketches
    WHERE day BETWEEN $first AND $last AND mark IN (SELECT mark FROM weights)
    UNION ALL
    SELECT mark, article_id, day, n FROM asked JOIN newcomers USING (n)
),
own AS (
    SELECT n, count(*) AS marks FROM fresh GROUP BY n
),
likeness AS MATERIALIZED (
    SELECT shared.n, shared.article_id, shared.weight
    FROM (
        SELECT asked.n, pool.article_id, any_value(pool.day) AS day, sum(asked.weight) AS weight, count(*) AS marks
        FROM asked
        JOIN pool ON pool.mark = asked.mark AND pool.n < asked.n
        GROUP BY asked.n, pool.article_id
    ) AS shared
    JOIN newcomers USING (n)
    JOIN own USING (n)
    WHERE abs(shared.day - newcomers.day) <= $window AND shared.marks >= least($fewest, ceil(own.marks / 4))
),
outlets AS (
    -- Of those that are alike only: the whole of the warehouse would cost more with every article.
    SELECT article_id, any_value(outlet) AS outlet
    FROM revisions
    WHERE article_id IN (SELECT article_id FROM likeness)
    GROUP BY article_id
)
SELECT n, unnest(max({'weight': weight, 'article_id': article_id}, $most)).article_id AS article_id
FROM likeness
GROUP BY n
UNION
SELECT l.n, unnest(max({'weight': l.weight, 'article_id': l.article_id}, $most)).article_id AS article_id
FROM likeness AS l
JOIN newcomers ON newcomers.n = l.n AND newcomers.credit <> ''
JOIN outlets ON outlets.article_id = l.article_id AND outlets.outlet = newcomers.credit
GROUP BY l.n
ORDER BY n, article_id
