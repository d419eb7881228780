"""Blocks: the conventions by which authors write exercises, callouts, diaries and figures.

In: the sanitized tree of an article. Out: the same tree with each block in the vocabulary of all media.
Here belongs one module for each kind of block.
Not here: how a block looks, which is for stylesheets, and its words, which are in `layouts/words/`.
"""
