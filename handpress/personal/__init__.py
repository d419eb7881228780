"""Handouts filled in for one client, with name, dates and dosage, as PDFs in memory.

In: a :class:`Sheet`, which is a handout in one look, and a :class:`Visit`. Out: the bytes of a PDF, by :func:`fill`.
Nothing of a visit is written to a file, a log, the metadata of a PDF or a message, or kept after the call.
Not here: commands and pages, which are those of `cli` and `desk`.
"""

from handpress.personal.article import Exercise
from handpress.personal.own_sheet import Pick, compiled, own_sheet
from handpress.personal.sheet import Other, Sheet, fill
from handpress.personal.visit import Prescribed, Unfillable, Visit

__all__ = [
    "Exercise",
    "Other",
    "Pick",
    "Prescribed",
    "Sheet",
    "Unfillable",
    "Visit",
    "compiled",
    "fill",
    "own_sheet",
]
