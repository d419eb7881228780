"""Dialect: the Markdown that people write, read into the tree of Python-Markdown.

In: the text of an article. Out: the tree of Markdown's elements, boxes of all notations among them, and what was not read.
Here belongs a module for each notation: rules of markdown-it-py, which reads by CommonMark's algorithm.
Not here: raw HTML and its repair, and the kinds of boxes, which are in `markup/blocks`.
"""
