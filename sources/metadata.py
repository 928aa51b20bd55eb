"""What a page's markup says of the page: titles, dates, authors, publisher, addresses, language.

Read from JSON-LD (schema.org), Open Graph and other <meta> elements, <link>, <h1>, <title> and <time>. All of it is
outside text: sizes are bounded and broken JSON is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from lxml import etree, html

from sources.plain import make_paragraphs, make_plain

Tree = Any
"""An lxml.html element; lxml ships no types."""

_ARTICLE_ENDINGS = ("article", "posting", "report", "story")
_MOST_NODES = 5_000
_LONGEST_JSON = 2_000_000
_NEAR = 40  # elements behind the main heading; half as many before it
_SHORT = 120
_PUBLISHED_NAMES = (
    *("article:published_time", "og:article:published_time", "og:published_time", "datepublished"),
    *("article:published", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date"),
    *("publish_date", "publication_date", "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.created"),
    *("dc.date", "dcterms.date", "date", "article.published", "article_date_original", "rnews:datepublished"),
    *("originalpublicationdate", "citation_date"),
)
_DESCRIPTION_NAMES = ("og:description", "description", "twitter:description")
_SOURCE_NAMES = ("syndication-source", "original-source", "dc.source", "dcterms.source")
_LONGEST_DESCRIPTION = 1_000
_LONGEST_BODY = 200_000
_AUTHOR_NAMES = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl", "authors")


@dataclass(frozen=True, slots=True)
class PageData:
    """What the markup states; every field may be empty.

    `published` are the raw texts, the most trusted first; `near_heading` the short texts that stand just before and
    after the main heading, where pages print their date. `descriptions` tell what the article is about,
    `article_body` is its text as the data give it, `is_article` whether the markup calls the page one, and `based_on`
    the addresses and names of what it says it is a copy of.
    """

    headline: str | None = None
    og_title: str | None = None
    heading: str | None = None
    head_title: str | None = None
    published: tuple[str, ...] = ()
    near_heading: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    site_name: str | None = None
    publisher: str | None = None
    canonical: str | None = None
    og_url: str | None = None
    lang: str | None = None
    is_free: bool = True
    descriptions: tuple[str, ...] = ()
    article_body: str | None = None
    is_article: bool = False
    based_on: tuple[str, ...] = ()


def parse_page(text: str) -> Tree | None:
    """The tree of an HTML document, or None when there is nothing in it."""
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, collect_ids=False
    )
    body = text.replace("\x00", "").encode("utf-8", "replace")
    try:
        tree = html.document_fromstring(body, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return tree if len(tree) else None


def read_metadata(tree: Tree, base: str | None) -> PageData:
    """What the tree's markup states; `base` makes relative addresses absolute."""
    metas = _read_metas(tree)
    nodes = list(_read_json_ld(tree))
    articles = [node for node in nodes if _is_article(node)]
    headings = [_plain(node.text_content()) for node in tree.iterfind(".//h1")]
    return PageData(
        headline=_first(_plain(node.get("headline")) for node in articles),
        og_title=_plain(metas.get("og:title") or metas.get("twitter:title")),
        heading=_first(headings) if len([one for one in headings if one]) == 1 else None,
        head_title=_plain(tree.findtext(".//title")),
        published=tuple(
            stated
            for stated in (
                *(_string(node.get("datePublished")) for node in articles),
                *(metas.get(name) for name in _PUBLISHED_NAMES),
                *(_string(node.get("datePublished")) for node in nodes),
            )
            if stated
        ),
        near_heading=tuple(_texts_near_heading(tree)),
        authors=_name_authors(articles, metas),
        site_name=_plain(metas.get("og:site_name")),
        publisher=_first(_plain(_name(node.get("publisher"))) for node in articles),
        canonical=_address(_first(node.get("href") for node in tree.iterfind(".//link[@rel='canonical']")), base),
        og_url=_address(metas.get("og:url"), base),
        lang=_plain(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")),
        descriptions=_describe(articles, metas),
        article_body=_first(
            make_paragraphs(_string(node.get("articleBody")), limit=_LONGEST_BODY) for node in articles
        ),
        is_article=bool(articles) or (metas.get("og:type") or "").lower() == "article",
        based_on=tuple(_find_sources(articles, metas, base)),
        is_free=not any(str(node.get("isAccessibleForFree")).lower() == "false" for node in articles),
    )


def find_own_address(markup: str) -> str | None:
    """The web address that a saved page says it came from; a canonical address alone may be that of its original."""
    tree = parse_page(markup)
    page = read_metadata(tree, None) if tree is not None else None
    return page.og_url or page.canonical if page else None


def _texts_near_heading(tree: Tree) -> Iterator[str]:
    heading = next(tree.iter("h1"), None)
    if heading is None:
        return
    before = list(islice(_nodes_before(heading), _NEAR // 2))
    for node in (*islice(_nodes_after(heading), _NEAR), *reversed(before)):
        for stated in (node.get("datetime"), node.text, node.tail):
            if stated and len(stated) <= _SHORT and (text := " ".join(stated.split())):
                yield text


def _nodes_after(node: Tree) -> Iterator[Tree]:
    """The elements inside a node and behind it, in the order of the document."""
    yield from node.iterdescendants(etree.Element)
    for above in (node, *node.iterancestors()):
        for sibling in above.itersiblings(etree.Element):
            yield from sibling.iter(etree.Element)


def _nodes_before(node: Tree) -> Iterator[Tree]:
    """The elements before a node that it is not inside of, the nearest first."""
    for above in (node, *node.iterancestors()):
        for sibling in above.itersiblings(etree.Element, preceding=True):
            yield from _backwards(sibling)


def _backwards(node: Tree) -> Iterator[Tree]:
    # As deep as the page is nested, which the parser bounds (`huge_tree`).
    for child in node.iterchildren(etree.Element, reversed=True):
        yield from _backwards(child)
    yield node


def _read_metas(tree: Tree) -> dict[str, str]:
    metas: dict[str, str] = {}
    for node in tree.iterfind(".//meta[@content]"):
        name = node.get("property") or node.get("name") or node.get("itemprop")
        if name and node.get("content").strip():
            metas.setdefault(name.strip().lower(), node.get("content").strip())
    return metas


def _read_json_ld(tree: Tree) -> Iterator[dict[str, Any]]:
    for script in tree.iterfind(".//script[@type]"):
        if "ld+json" not in script.get("type").lower() or not script.text or len(script.text) > _LONGEST_JSON:
            continue
        try:
            data = json.loads(script.text.strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _walk(data)


def _walk(data: object) -> Iterator[dict[str, Any]]:
    """Every object of a JSON value, outer ones first."""
    waiting, seen = [data], 0
    while waiting and seen < _MOST_NODES:
        one = waiting.pop(0)
        seen += 1
        if isinstance(one, dict):
            yield one
            waiting.extend(value for value in one.values() if isinstance(value, dict | list))
        elif isinstance(one, list):
            waiting.extend(value for value in one if isinstance(value, dict | list))


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and kind.lower().endswith(_ARTICLE_ENDINGS) for kind in listed)


def _find_sources(articles: list[dict[str, Any]], metas: dict[str, str], base: str | None) -> Iterator[str]:
    """Addresses and names of what the page says it is a copy of."""
    for name in _SOURCE_NAMES:
        if address := _address(metas.get(name), base):
            yield address
    for node in articles:
        for key in ("isBasedOn", "isBasedOnUrl", "sourceOrganization"):
            value = node.get(key)
            one = value[0] if isinstance(value, list) and value else value
            stated = (_string(one.get("url")) or _string(one.get("name"))) if isinstance(one, dict) else _string(one)
            if stated and len(stated) <= _LONGEST_DESCRIPTION:
                yield stated


def _describe(articles: list[dict[str, Any]], metas: dict[str, str]) -> tuple[str, ...]:
    stated = (*(metas.get(name) for name in _DESCRIPTION_NAMES), *(node.get("description") for node in articles))
    plain = (make_plain(one, limit=_LONGEST_DESCRIPTION) for one in stated if isinstance(one, str))
    return tuple(dict.fromkeys(one for one in plain if one))


def _name_authors(articles: list[dict[str, Any]], metas: dict[str, str]) -> tuple[str, ...]:
    for node in articles:
        listed = node.get("author")
        names = [_plain(_name(one)) for one in (listed if isinstance(listed, list) else [listed])]
        if found := [name for name in names if name and not name.startswith("http")]:
            return tuple(dict.fromkeys(found))
    stated = _first(_plain(metas.get(name)) for name in _AUTHOR_NAMES)
    return (stated,) if stated and not stated.startswith("http") else ()


def _name(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return _string(value.get("name")) if isinstance(value, dict) else _string(value)


def _address(value: str | None, base: str | None) -> str | None:
    if not value or not value.strip():
        return None
    try:
        address = urljoin(base or "", value.strip())
    except ValueError:
        return None
    return address if address.startswith(("http://", "https://")) else None


def _string(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _plain(value: object) -> str | None:
    return make_plain(value, limit=500) if isinstance(value, str) else None


def _first(values: Iterator[str | None] | list[str | None]) -> str | None:
    return next((value for value in values if value), None)
