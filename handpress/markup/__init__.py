"""Markup: Markdown to a clean tree of HTML elements.

In: the text of an article. Out: a tree in which only allowed elements, and the known kinds of blocks, are left,
and the problems found on the way. Here belong parsing, sanitizing and the author's block conventions.
Not here: links between articles, settings, and anything that depends on a medium.
"""
