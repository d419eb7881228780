"""Preflight: checks of laid-out pages before they are written.

In: the boxes of a document. Out: findings, each with its code and the block it was found in.
Here belong checks that need a finished page: glyphs, clipping, contrast, sizes, copyfit.
Not here: checks of sources, and the wording of messages.
"""
