"""Links: the addresses that authors write.

In: an address, the articles and their anchors. Out: the article, place or file that it leads to, or a problem. Exercises
of other articles are found here too. Not here: how a medium shows a link (:mod:`handpress.compose.links`).
"""
