"""Laid-out pages: their boxes as a flat list, to measure.

In: a document that WeasyPrint laid out. Out: the boxes of its pages, and the tables that are too wide.
Here belongs every view of pages that both the preflight and the making of a PDF need.
Not here: rules, layout, writing.
"""
