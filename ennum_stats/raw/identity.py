"""The identity of a site over time: its latest number, to which reviewed links lead (`site_links.csv`).

The store counts by it, and a list is matched by it: both must follow the same chains to the same end.
"""

from __future__ import annotations

from collections.abc import Mapping


def latest_numbers(links: Mapping[str, str]) -> dict[str, str]:
    """For each former number of a site the one at the end of its chain of links."""
    return {number: _latest(number, links) for number in links}


def _latest(number: str, links: Mapping[str, str]) -> str:
    """The end of a chain; of a circle, the smallest number in it."""
    chain = [number]
    while chain[-1] in links:
        following = links[chain[-1]]
        if following in chain:
            return min(chain[chain.index(following) :])
        chain.append(following)
    return chain[-1]
