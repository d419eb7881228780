"""Blocks: the conventions by which authors write exercises, callouts, diaries and figures.

In: the sanitized tree of an article. Out: the same tree with each block in the vocabulary of all media.
Here belongs a row of `registry` for each kind, and a module for each that needs code of its own.
Not here: how a block looks and its words, which are in `layouts/blocks/`.
"""
