"""Stylesheets: the layers of one medium, their tokens, and their forms for grey and for right to left.

In: the stylesheets of a workspace and the styles chosen. Out: one checked stylesheet. Not here: which page of which
medium uses it (:mod:`handpress.print`, :mod:`handpress.web`, :mod:`handpress.epub`).
"""
