"""Formulas that a line of text cannot show: TeX to MathML, and to words.

In: a formula as its author wrote it, with its marks. Out: a tree of MathML Core, and a line of text in its place.
Not here: how a formula is found (`markup.dialect`), the formulas that are text (`markup.dialect.formulas`), and
pictures of formulas (`assets.formula`).
"""
