"""Formulas: those of Word and of web pages as the TeX that Handpress reads.

In: a formula in Office MathML or in MathML. Out: its TeX, if that has the same signs.
Not here: where formulas are found in a document, and the list of those that are lost.
"""
