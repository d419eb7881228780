"""Recognising: parts of an article that have a notation of their own in Handpress.

In: the tree of a page or of an article, before it is simplified.
Out: the same tree with headings, captions and references as the writer reads them; authors and neighbours.
Not here: parts that are left out.
"""
