"""The look of a team's slides: their file as the ground of ours, and what it does not have.

Theme, master, layouts, typefaces, logo and size are theirs; the slides that stand in it are not taken along.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ennum_stats.document.slide_ground import Ground, NoLayout
from ennum_stats.errors import Message, UsageError, message


@dataclass(frozen=True)
class SlideTemplate:
    """Hold a team's file of slides: its path, and its bytes, which were found harmless."""

    path: Path
    data: bytes

    @classmethod
    def of(cls, path: Path, data: bytes) -> SlideTemplate:
        """Take a file as a template. Raises `UsageError` where none of its layouts has a title with room
        below; what a library raises of a damaged file is told by `open_templates`."""
        template = cls(path, data)
        try:
            template._read  # noqa: B018 - whether it can be read
        except NoLayout as error:
            raise UsageError(
                message("No layout of these slides has a title with half of the slide free below it."),
                where=str(path),
                remedy=message("Add the layout “Title Only” in the slide master, and save the file."),
            ) from error
        return template

    def ground(self) -> Ground:
        """Read the file anew: slides of each language are made of their own."""
        return Ground(self.data)

    @cached_property
    def _read(self) -> Ground:
        return self.ground()

    def remarks(self) -> list[Message]:
        """Say what the slides do not find in the file."""
        ground, lines = self._read, []
        if not ground.has_title_alone:
            lines.append(
                message(
                    "The template has no layout with a title alone: “{name}” is taken.",
                    name=ground.layout.name,
                )
            )
        if ground.cover is None:
            lines.append(
                message("The template has no layout of a first slide: the kit’s own order is taken.")
            )
        if not ground.has_footers:
            lines.append(message("The template’s slides have no foot: the kit’s own is taken."))
        return lines
