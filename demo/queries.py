"""Queries worth trying on the warehouse that a replay of the demo wire leaves: a title and the SQL."""

from __future__ import annotations

QUERIES = (
    (
        "Who moved, on what, and when",
        'select "at", actor, holder, proposition, "from", "to", kind from v_shifts order by 1',
    ),
    (
        "Everything one actor said on one proposition",
        """select p.said_on, p.holder, p.stance, c.evidence
   from v_claim_propositions p join v_claims c using (claim_id)
   where p.actor = 'russia' and p.proposition = 'dprk-troops-to-russia' order by 1""",
    ),
    (
        "The most copied articles",
        """select o.outlet, o.title, count(*) as copies
   from v_articles a join v_articles o on a.original_id = o.article_id
   group by all order by copies desc, o.title limit 5""",
    ),
)
