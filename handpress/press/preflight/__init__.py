"""Preflight: checks of laid-out pages before they are written.

In: the boxes of a document. Out: findings, each with the code of its rule and the block it was found in.
Here belong the rules on finished pages, each with its wording, and what they share.
Not here: checks of sources.
"""
