"""Short ways to make the records that the warehouse keeps."""

from datetime import UTC, datetime, timedelta

from news.article import CleanArticle, Precision, Relevance
from news.claim import Claim, HolderKind, Modality, PropositionStance
from news.identity import stable_id
from news.topic import Stance

T0 = datetime(2031, 3, 1, 9, 0, tzinfo=UTC)


def at(hours=0.0):
    """A moment so many hours after the tests' beginning of time."""
    return T0 + timedelta(hours=hours)


def page(url, text, **more):
    """A cleaned page on the topic, as `articles.file` takes it."""
    relevance = more.pop("relevance", Relevance(0.8, on_topic=True, reasons=("dam",)))
    given = {
        "title": "The dam",
        "seen": T0,
        "lang": "en",
        "published": T0,
        "published_precision": Precision.SECOND,
        **more,
    }
    return CleanArticle(url=url, text=text, **given), relevance


def claim(article, evidence, stance=Stance.AFFIRMS, **more):
    """A claim whose evidence is found in the article's text."""
    start = article.text.index(evidence)
    given = {
        "holder": "Minister Oren",
        "holder_kind": HolderKind.PERSON,
        "modality": Modality.ASSERTED,
        "actor": "uplands",
        "spoken_on": T0.date(),
        "propositions": (PropositionStance("dam-opens", stance, 0.9, "verb"),),
        "content_key": evidence.lower(),
        **more,
    }
    return Claim(
        claim_id=stable_id("clm", article.article_id, article.revision, start),
        article_id=article.article_id,
        revision=article.revision,
        evidence=evidence,
        start=start,
        end=start + len(evidence),
        **given,
    )


def reject_row(number):
    """A row for the simplest table there is."""
    given = {"reject_id": f"rej_{number}", "given": "a.jsonl:1", "reason": "no text", "mend": "add one"}
    return {**given, "excerpt": "{}", "rejected_at": at()}


def count_rejects(store):
    """How many of these rows there are."""
    with store.reading() as tx:
        return tx.rows("SELECT count(*) AS n FROM rejects")[0]["n"]
