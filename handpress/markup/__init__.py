"""Markup: Markdown to a clean tree of HTML elements.

In: the text of an article. Out: a tree that has only allowed elements and the known kinds of blocks,
and the problems found on the way. Here belong parsing, sanitizing and the author's block conventions.
Not here: links between articles, settings, and anything that depends on a medium.
"""
