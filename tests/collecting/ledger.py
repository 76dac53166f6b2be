"""What must be stored, from what the publisher showed: each article once, in its newest text, under one id for ever."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from publisher import Fault, Format, edition_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher import Channel, Piece, Publisher, Sight

    from briefs.collecting import CollectReport
    from briefs.models import Article
    from briefs.store import Store

Shown = tuple[str, int]  # a channel and a piece


class Ledger:
    """Follows the publisher and the store from poll to poll; every check raises AssertionError."""

    def __init__(self, publisher: Publisher, store: Store) -> None:
        self.publisher = publisher
        self.store = store
        self.read = 0  # sights that were followed
        self.surely: defaultdict[int, set[int]] = defaultdict(set)  # number -> editions that good polls saw
        self.perhaps: defaultdict[int, set[int]] = defaultdict(set)  # the same of polls that got half a document
        self.paths: defaultdict[int, set[str]] = defaultdict(set)  # number -> the addresses that polls saw it at
        # What stood last under each guid of a piece in a channel: its edition, and whether it was only a teaser.
        self.guids: defaultdict[Shown, dict[str | None, tuple[int, bool]]] = defaultdict(dict)
        self.brought: set[Shown] = set()  # by good polls
        self.shown: dict[Shown, int] = {}  # the edition that a channel showed last
        self.stale: dict[Shown, int] = {}  # the same where an older one than was known
        self.turns: Counter[int] = Counter()  # how often a piece was shown older than it was known
        self.articles: dict[str, Article] = {}  # every one that ever stood in the store
        self.roots: dict[int, str] = {}
        self.reported: Counter[str] = Counter()

    # ------------------------------------------------------------------------------------------------- what was shown
    def follow(self) -> list[Sight]:
        """Take note of what was shown since the last time."""
        with self.publisher.lock:
            new = self.publisher.sights[self.read :]
            self.read += len(new)
        contested = self._contested(new)
        for sight in new:
            if sight.fault is None:
                self._note(sight, self.surely, contested)
            elif sight.fault is Fault.TRUNCATED:
                self._note(sight, self.perhaps, contested)
        return new

    def _contested(self, new: Iterable[Sight]) -> set[int]:
        """Pieces of which several feeds showed a new edition at once: one brings it, the others look again next time.

        What the others said meanwhile, they need not remember.
        """
        shown = Counter(
            piece.number for sight in new for piece in sight.pieces if 0 < self._newest(piece.number) < piece.edition
        )
        return {number for number, count in shown.items() if count > 1}

    def _note(self, sight: Sight, editions: defaultdict[int, set[int]], contested: set[int]) -> None:
        if sight.not_modified:
            return
        for piece in sight.pieces:
            shown = sight.channel, piece.number
            # What a second feed says at first of an article that another brought is taken for its own wording of it.
            edited = shown in self.brought and self.shown[shown] != piece.edition
            own = edited or piece.number not in self.surely
            if sight.fault is None:
                self.brought.add(shown)
            (editions if own else self.perhaps)[piece.number].add(piece.edition)
            self._note_turn(piece, shown, sight.fault)
            certain = piece.number not in contested and sight.fault is None
            if certain or not self.paths[piece.number]:
                self.paths[piece.number].add(piece.path)
            if certain:
                self.guids[shown][piece.guid] = piece.edition, sight.format is Format.TEASERS

    def _note_turn(self, piece: Piece, shown: Shown, fault: Fault | None) -> None:
        """A cache that shows an older edition cannot be told from an edit that is taken back."""
        if piece.edition < self._newest(piece.number):
            self.turns[piece.number] += self.shown.get(shown) != piece.edition
            self.stale[shown] = piece.edition
        elif fault is None:
            self.stale.pop(shown, None)
        self.shown[shown] = piece.edition

    def _newest(self, number: int) -> int:
        """The newest edition that any poll may have seen, 0 for none."""
        return max(self.surely.get(number, set()) | self.perhaps.get(number, set()), default=0)

    def is_recognisable(self, channel: Channel, piece: Piece) -> bool:
        """Whether a reader of this channel can tell that it knows the piece, or that nobody has seen it yet.

        An article is known by every address that it was seen at, in every feed.
        """
        if piece.path in (self.paths[piece.number] or {self.publisher.first_path(piece.number)}):
            return True
        if channel.format is Format.SITEMAP:  # tells neither guids nor texts
            return False
        known = self.guids[channel.name, piece.number]
        by_guid = piece.guid is not None and piece.guid in known
        return by_guid or (piece.edition, channel.format is Format.TEASERS) in known.values()

    # --------------------------------------------------------------------------------------------------------- checks
    def check(self, report: CollectReport | None = None) -> None:
        """Compare the store with what was shown."""
        ids = self.store.visible(None)
        assert len(ids) == len(set(ids)), "an article is listed twice"
        new = [each for each in ids if each not in self.articles]
        self.articles |= self.store.articles(new)
        stored = {self.number(self.articles[each]): self.articles[each] for each in ids}
        assert len(stored) == len(ids), f"stored twice: {self._doubles(ids)}"
        self._check_numbers(set(stored))
        for number, article in stored.items():
            self._check_article(number, article)
        if report:
            self._check_report(report, new)

    def number(self, article: Article) -> int:
        told = edition_of(article.text)
        assert told, f"stored, and nobody wrote it: {article.title!r} {article.text[:200]!r}"
        return told[0]

    def history(self, number: int) -> str:
        """How a piece was shown, one line for each time that something of it was new."""
        told: dict[tuple[object, ...], int] = {}
        for k, sight in enumerate(self.publisher.sights):
            for piece in sight.pieces:
                if piece.number == number and not sight.not_modified:
                    told.setdefault(
                        (sight.channel, sight.format, piece.path, piece.guid, piece.edition, sight.fault), k
                    )
        return "".join(f"\n    {k}: {' '.join(map(str, what))}" for what, k in told.items())

    def _doubles(self, ids: Iterable[str]) -> list[tuple[int, list[str], str]]:
        held = defaultdict(list)
        for each in ids:
            held[self.number(self.articles[each])].append(each)
        return [(number, roots, self.history(number)) for number, roots in held.items() if len(roots) > 1]

    def _check_numbers(self, stored: set[int]) -> None:
        waiting = self.publisher.unreadable()
        missing = {number for number in self.surely if number not in stored} - waiting
        assert not missing, f"missing: {[(each, self.history(each)) for each in sorted(missing)]}"
        unseen = stored - set(self.surely) - set(self.perhaps)
        assert not unseen, f"stored, and no poll can have seen it: {sorted(unseen)}"

    def _check_article(self, number: int, article: Article) -> None:
        assert self.roots.setdefault(number, article.root) == article.root, f"{number} changed its id"
        assert article.published_at is None or article.published_at <= article.first_seen_at, (
            f"{number} is of the future"
        )
        seen, perhaps = self.surely.get(number, set()), self.perhaps.get(number, set())
        told = edition_of(article.text)
        assert told
        newest = max(seen, default=0)
        fine = {newest} | {each for each in perhaps if each > newest} | self.publisher.pages_shown.get(number, set())
        fine |= {edition for (_, each), edition in self.stale.items() if each == number}
        if number in self.publisher.unreadable():
            fine |= seen | perhaps
        assert told[1] in fine, (
            f"{number} is stored as edition {told[1]}, and {newest} was the newest seen{self.history(number)}"
        )
        editions = len(seen | perhaps | self.publisher.pages_shown.get(number, set()))
        forms = 2 if number in self.publisher.once_broken else 1  # first the teaser, then the page
        assert article.version <= forms * editions + 2 * self.turns[number], (
            f"{number} has {article.version} versions of {editions} editions{self.history(number)}{self._texts(article)}"
        )

    def _texts(self, article: Article) -> str:
        versions = [article.root, *(f"{article.root}~{k}" for k in range(2, article.version + 1))]
        return "".join(f"\n    {each.title!r} {each.text!r}" for each in self.store.articles(versions).values())

    def _check_report(self, report: CollectReport, new: list[str]) -> None:
        self.reported.update(report.articles)
        again = [each for each, count in self.reported.items() if count > 1]
        assert not again, f"reported again: {again}"
        silent = [each for each in new if each not in self.reported]
        assert not silent, f"stored and never reported: {silent}"

    def check_stories(self) -> None:
        """Every article stands in one story, and nothing else stands in any."""
        ids = self.store.visible(None)
        told = Counter(each for story in self.store.stories(ids) for each in story.article_ids)
        assert told == Counter(ids), f"in no story or in several: {told - Counter(ids)} {Counter(ids) - told}"

    def check_texts(self) -> None:
        """When all is well again, what is stored is what is published now, word for word."""
        stored = {self.number(each): each for each in self.store.articles(self.store.visible(None)).values()}
        for number, article in stored.items():
            piece = self.publisher.pieces[number]
            # A page that could not be read again and again is given up: what the feed says is all there is, or, if the
            # page could be read before, what it said then.
            unsure = number in self.publisher.once_broken or piece.edition not in self.surely[number]
            if unsure or not self.publisher.is_listed(number):
                continue
            missing = [each for each in piece.paragraphs if each not in " ".join(article.text.split())]
            assert not missing, f"{number} edition {piece.edition} is stored as {article.text!r}"
