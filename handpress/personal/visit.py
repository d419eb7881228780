"""Visits: what a practitioner enters for one client. Every value is text, never Markdown, HTML or an address."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from handpress.core.files.source import without_controls
from handpress.core.reason import Refused

FIELDS = ("client", "date", "practitioner", "next_visit")  # in a row at the top of a sheet
# Characters that change the direction of the text after them, also outside their field.
DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")


class Unfillable(Refused):
    """A sheet that could not be made for a visit, with a reason that has nothing of the visit."""


class Private:
    """A value with facts about a client. Its representation, which a traceback could show, has none of them."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"


class Prescribed(Private, Struct, frozen=True):
    """An exercise as it is given to one client.

    `exercise` is the id of one of a sheet's exercises. `dosage` has texts by the part of the dosage, such as `sets`:
    an empty text takes the part off the sheet, and a part without a text stays as in the article.
    `side` is `left`, `right`, `both` or a text.
    """

    exercise: str
    dosage: Mapping[str, str] = field(default_factory=dict)
    side: str = ""
    note: str = ""
    left_out: bool = False

    @property
    def removed(self) -> tuple[str, ...]:
        """The parts of the author's dosage that the client does not get."""
        return tuple(sorted(part for part, text in self.dosage.items() if not text))


class Visit(Private, Struct, frozen=True):
    """One visit of one client. The `exercises` among those of the sheet trade places, so that they have this order."""

    client: str = ""
    date: str = ""
    practitioner: str = ""
    next_visit: str = ""
    note: str = ""
    exercises: tuple[Prescribed, ...] = ()

    def cleaned(self) -> Visit:
        """Return the visit with printable text: one line for each value, and any number for a note."""
        return replace(
            self,
            **{name: one_line(getattr(self, name)) for name in FIELDS},
            note=lines(self.note),
            exercises=tuple(
                replace(
                    given,
                    dosage={part: one_line(text) for part, text in given.dosage.items()},
                    side=one_line(given.side),
                    note=lines(given.note),
                )
                for given in self.exercises
            ),
        )  # fmt: skip


def one_line(text: str) -> str:
    """Return `text` on one line, without characters that cannot be printed."""
    return " ".join(DIRECTIONS.sub("", without_controls(text)).split())


def lines(text: str) -> str:
    """Return the lines of `text`, each as by :func:`one_line`, without empty ones at either end."""
    return "\n".join(map(one_line, text.splitlines())).strip("\n")
