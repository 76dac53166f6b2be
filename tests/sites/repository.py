"""A repository as GitHub shows it: the page of its releases, and releases.atom with their notes as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .site import Resource, Site, Week, Written, html_page, rfc3339, text, xml

if TYPE_CHECKING:
    from datetime import datetime

NAME = "Release notes from tidewatch"
PATH = "/ordane/tidewatch"


def build(origin: str, now: datetime) -> Site:
    releases = _releases(f"{origin}{PATH}", Week(now))
    page = _page("Releases · ordane/tidewatch · GitHub", "releases.atom", "tidewatch Release Notes", releases)
    resources = {
        PATH: _page("GitHub - ordane/tidewatch", "commits/main.atom", "Recent Commits to tidewatch:main", ()),
        f"{PATH}/releases": page,
        f"{PATH}/releases.atom": _feed(f"{origin}{PATH}", releases),
        f"{PATH}/commits/main.atom": _feed(f"{origin}{PATH}", ()),
    }
    return Site(NAME, f"{origin}{PATH}/releases", f"{origin}{PATH}/releases.atom", releases, resources)


def _releases(base: str, week: Week) -> tuple[Written, ...]:
    return (
        Written(
            f"{base}/releases/tag/v3.2.0",
            "Tidewatch 3.2.0",
            (
                (
                    "Tidewatch now reads the measurements of Kestrel-2 as soon as they are published. Stations without a gauge of "
                    "their own get a height every ten days."
                ),
                (
                    "The forecast for Port Merrow no longer jumps by an hour when summer time begins. Reported by the harbour "
                    "office, and mended in the table and not in the code that shows it."
                ),
                "The command tidewatch export writes CSV with a header. Scripts that count columns keep working.",
            ),
            week.at(6),
            "psandoval",
        ),
        Written(
            f"{base}/releases/tag/v3.1.4",
            "Tidewatch 3.1.4",
            (
                "A damaged gauge file no longer stops the nightly run: the station is left out and named in the report.",
                "Python 3.9 is the oldest version that is tested.",
            ),
            week.at(200),
            "lmarsh",
        ),
    )


def _page(title: str, feed: str, feed_title: str, releases: tuple[Written, ...]) -> Resource:
    notes = "".join(
        f'<section><h2><a href="{r.url}">{text(r.title)}</a></h2><relative-time datetime="{rfc3339(r.published_at)}"></relative-time>'
        f'<div class="markdown-body">{r.html}</div></section>'
        for r in releases
    )
    return html_page(f"""<html lang="en" data-color-mode="auto"><head><meta charset="utf-8"><title>{title}</title>
<link rel="assets" href="/assets/"><meta name="route-controller" content="releases">
<link href="{PATH}/{feed}" rel="alternate" title="{feed_title}" type="application/atom+xml">
<link rel="fluid-icon" href="/fluidicon.png" title="GitHub"></head><body class="logged-out env-production">
<header role="banner"><a href="/login">Sign in</a></header><main><nav><a href="{PATH}">Code</a> <a href="{PATH}/issues">Issues</a>
<a href="{PATH}/releases">Releases</a></nav>{notes}</main><footer>© GitHub</footer></body></html>""")


def _feed(base: str, releases: tuple[Written, ...]) -> Resource:
    entries = "".join(
        f"""<entry><id>tag:github.com,2008:Repository/481516/{r.url.rpartition("/")[2]}</id><updated>{rfc3339(r.published_at)}</updated>
<link rel="alternate" type="text/html" href="{r.url}"/><title>{text(r.title)}</title><content type="html">{text(r.html)}</content>
<author><name>{r.author}</name></author><media:thumbnail height="30" width="30" url="{base}/avatar.png"/></entry>"""
        for r in releases
    )
    updated = rfc3339(releases[0].published_at) if releases else "2020-01-01T00:00:00Z"
    return xml(
        f"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xml:lang="en-US">
<id>tag:github.com,2008:{base}/releases</id><link type="text/html" rel="alternate" href="{base}/releases"/>
<link type="application/atom+xml" rel="self" href="{base}/releases.atom"/><title>{NAME}</title><updated>{updated}</updated>
{entries}</feed>""",
        "application/atom+xml; charset=utf-8",
    )
