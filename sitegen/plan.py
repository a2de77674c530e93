"""Which pages exist and what each may see: Site and Findings → makers of pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain

from sitegen.findings.voices import Voices
from sitegen.kinds import Kind
from sitegen.ledger import Tables
from sitegen.model import Findings, Ref, Site
from sitegen.pages.bundles import by_bundle
from sitegen.pages.cards import Cards, make_cards
from sitegen.pages.comparison_pages import comparison_page_makers
from sitegen.pages.makers import AllMakers, KeyedMakers
from sitegen.pages.note_page_context import make_note_page_context
from sitegen.pages.note_pages import note_page_makers
from sitegen.pages.overview_pages import overview_page_makers
from sitegen.pages.plots import with_plots
from sitegen.pages.preview_shards import preview_makers
from sitegen.pages.sections import navigation
from sitegen.urls import note_url
from sitegen.views import NoteLink, PageSpec, RedirectPage, SiteView


def page_makers(
    site: Site, findings: Findings, voices: Voices, tables: Tables, base_url: str = ""
) -> AllMakers:
    """Return what makes the pages of the site; the views that pages share are made here, once.

    Each maker is independent of the others, so that they can be shared out to processes. `voices`
    are those of the site, `tables` the ones that `findings` was made with. `base_url` says where
    the site will be published, in place of the settings.
    """
    cards = with_plots(make_cards(site, findings, base_url, tables), tables)
    context = make_note_page_context(cards, tables)
    makers: list[KeyedMakers] = []
    for some in (
        overview_page_makers(context, tables),
        preview_makers(cards, tables),
        chain(note_page_makers(context), redirect_makers(cards, tables)),
    ):
        tables.put_away()  # what is held at once decides how much memory a build takes
        makers += some
    return AllMakers(comparison_page_makers(cards, voices, tables), makers)


def redirect_makers(cards: Cards, tables: Tables) -> Iterator[KeyedMakers]:
    """Yield what makes the pages at the earlier addresses of each note that has any."""
    known = [
        by_bundle(
            tables,
            f"aliases of {kind.plural}",
            cards.bundles.of(kind),
            partial(_aliases, cards, kind),
        )
        for kind in Kind
        if kind is not Kind.CORRECTION  # they share one page
    ]
    aliases = tables.together(
        "aliases",
        lambda: {ref: aliases for own in known for some in own.values() for ref, aliases in some},
    )
    yield KeyedMakers("aliases:", aliases, lambda ref: redirects(cards, ref, aliases[ref]))


def _aliases(cards: Cards, kind: Kind, ids: Iterable[str]) -> list[tuple[Ref, tuple[str, ...]]]:
    notes = ((each, cards.site.records(kind)[each].note) for each in ids)
    return [(Ref(kind, each), note.aliases) for each, note in notes if note.aliases]


def redirects(cards: Cards, ref: Ref, aliases: Iterable[str]) -> Iterator[PageSpec]:
    """Yield a page at every earlier address of a note."""
    target = cards.links[ref]
    for alias in aliases:
        yield PageSpec(note_url(ref.kind, alias), "pages/redirect.html", _redirect(target))


def _redirect(target: NoteLink) -> RedirectPage:
    return RedirectPage(
        title=target.title,
        description=f"This page has moved: {target.title}",
        section="",
        crumbs=(),
        target=target,
    )


def site_view(site: Site, styles: Sequence[str], scripts: Sequence[str], base_url: str) -> SiteView:
    """Return what every page shows of the site as a whole."""
    return SiteView(
        title=site.settings.title,
        description=site.settings.description or "",
        lang=site.settings.language,
        navigation=navigation(),
        styles=tuple(styles),
        scripts=tuple(scripts),
        base_url=base_url,
    )
