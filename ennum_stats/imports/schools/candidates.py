"""The sites that a row may mean, best first, for a person to choose from: never to be taken without one.

Words of names, streets and places count by how rare they are in the register: "Tilleuls" tells more than "école". A
word misspelt counts for the one that it is like. The register is looked through by its words, so that thousands of
sites cost no more than their words; what a row says of its place comes first among those alike.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from heapq import nlargest
from itertools import takewhile

from rapidfuzz import fuzz, process

from ennum_stats.imports.schools.contradictions import SiteDescription
from ennum_stats.imports.schools.names import plain_name, with_initials, with_notre_dame
from ennum_stats.imports.schools.places import postal_code_of, street
from ennum_stats.imports.schools.sites import Site, SiteRegister

SHOWN, FOUND = 3, 12
_MOST_ALIKE = 60
_LIKE = 80.0
_IN_PLACE = 0.5
_SHORTER = 0.9
"""What a word counts that is only the beginning of another one."""
_PREFIX = 4
_COMMON = 300


@dataclass(frozen=True)
class SiteCandidate:
    """Hold a site that a row may mean, as the register has it, and how much of the row it has (0 to 100)."""

    implantation: str
    names: tuple[str, ...]
    address: str
    postal_code: str
    locality: str
    score: int

    @property
    def shown(self) -> str:
        """Its number, first name and address on a line, with its score."""
        return f"{self.implantation} {', '.join([*self.names[:1], self.address])} ({self.score})"


@dataclass
class CandidateIndex:
    """Find the sites of a register by the words of their names, streets and places."""

    register: SiteRegister
    _alike: dict[str, list[tuple[str, float]]] = field(default_factory=dict, init=False)

    def ranked(self, given: SiteDescription, limit: int = SHOWN) -> tuple[SiteCandidate, ...]:
        """Give the sites that have most of what a row says, best first; more than the limit where others are as
        likely as the last of them."""
        place = self.register.gazetteer.place(given.commune, given.postal_code)
        # All sites of a commune are in it, not only those whose locality or name says so.
        of_place = frozenset(_spelled(given.commune).split() if place else ())
        of_row = _words(given.school, given.commune) - of_place | _words_of_street(given.address)
        words = sorted(of_row, key=self._weight, reverse=True)
        whole = sum(map(self._weight, words)) or 1.0
        scores = {site.implantation: 0.0 for site in self.register.in_place(place)} if place else {}
        for word in words:
            best: dict[str, float] = {}
            for known, likeness in self._alike_words(word):
                sites = self._sites_by_word[known]
                # What thousands have adds to those that rarer words named, and names nobody.
                for number in sites & scores.keys() if scores and len(sites) > _COMMON else sites:
                    best[number] = max(best.get(number, 0.0), likeness)
            for number, likeness in best.items():
                scores[number] = scores.get(number, 0.0) + self._weight(word) * likeness
        code = postal_code_of(given.postal_code)

        def rank(number: str) -> tuple[float, int]:
            site = self.register.sites[number]
            is_there = place.has(site.commune, site.locality) or bool(code and site.postal_code == code)
            return scores[number] / whole + (_IN_PLACE if is_there else 0), -int(number)

        def own_words(name: str) -> str:
            return " ".join(word for word in _spelled(name).split() if word not in of_place)

        name = own_words(given.school)

        def rank_among_alike(number: str) -> tuple[float, float, int]:
            """Put first, of those that have as much of the row, the one of which the row has most."""
            names = (own_words(school.name) for school in self.register.sites[number].schools)
            likeness = max((fuzz.token_sort_ratio(name, known) for known in names), default=0.0)
            score, order = rank(number)
            return round(score, 2), likeness, order

        near = sorted(nlargest(_MOST_ALIKE, scores, key=rank), key=rank_among_alike, reverse=True)
        last = rank_among_alike(near[limit - 1])[:2] if len(near) > limit else ()
        alike = takewhile(lambda number: rank_among_alike(number)[:2] == last, near[limit:_MOST_ALIKE])
        return tuple(
            _candidate(self.register.sites[number], round(100 * min(scores[number] / whole, 1.0)))
            for number in (*near[:limit], *alike)
        )

    def search(self, text: str) -> tuple[SiteCandidate, ...]:
        """Give the sites that a person looks for by number, or by words of name, street and locality."""
        numbered = [_candidate(site, 100) for site in self.register.with_number(text.strip())]
        house_last = " ".join(sorted(text.split(), key=lambda word: word[:1].isdigit()))
        return (*numbered, *self.ranked(SiteDescription(school=text, address=house_last), FOUND)[:FOUND])

    @cached_property
    def _sites_by_word(self) -> dict[str, set[str]]:
        by_word: dict[str, set[str]] = defaultdict(set)
        for number, site in self.register.sites.items():
            for word in _words_of_site(site):
                by_word[word].add(number)
        return dict(by_word)

    @cached_property
    def _vocabulary(self) -> list[str]:
        return sorted(self._sites_by_word)

    def _weight(self, word: str) -> float:
        """Give how much a word tells: the rarer, the more; one that no site has as much as the rarest."""
        alike = self._alike_words(word)
        sites = len(self._sites_by_word[alike[0][0]]) if alike else 1
        return math.log(1 + len(self.register.sites) / sites)

    def _alike_words(self, word: str) -> list[tuple[str, float]]:
        """Give the words of the register that a word may be, the likest first."""
        if word not in self._alike:
            if word in self._sites_by_word or word.isdigit() or len(word) < _PREFIX:
                alike = [(word, 1.0)] if word in self._sites_by_word else []
            else:
                near = process.extract(word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=_LIKE, limit=8)
                alike = [(known, score / 100) for known, score, _ in near]
                start = bisect_left(self._vocabulary, word)
                longer = takewhile(
                    lambda known: known.startswith(word), self._vocabulary[start : start + _MOST_ALIKE]
                )
                beginnings = (word[:length] for length in range(_PREFIX, len(word)))
                alike += [(known, _SHORTER) for known in longer]
                alike += [(known, _SHORTER) for known in beginnings if known in self._sites_by_word]
                alike.sort(key=lambda pair: -pair[1])
            self._alike[word] = alike
        return self._alike[word]


def _candidate(site: Site, score: int) -> SiteCandidate:
    names = tuple(school.name for school in site.schools)
    return SiteCandidate(site.implantation, names, site.address, site.postal_code, site.locality, score)


def _words(*texts: str) -> set[str]:
    return {word for text in texts for word in _spelled(text).split()}


def _spelled(text: str) -> str:
    return plain_name(with_initials(with_notre_dame(text)))


def _words_of_site(site: Site) -> Iterable[str]:
    names = _words(*(school.name for school in site.schools), site.locality)
    return names | site.place_words | _words_of_street(site.address)


def _words_of_street(address: str) -> set[str]:
    """Give the words of a street, and its houses as words that no name has."""
    place = street(address)
    return {*place.words, *(f"#{number}{letter}" for number, letter in place.houses)}
