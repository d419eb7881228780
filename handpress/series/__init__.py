"""Series: sources to one model, independent of the media.

In: a folder with settings and articles. Out: a `Series` with its articles, authors and practice, every link
checked, and the problems found on the way. Here belong settings, parsing and cross-references.
Not here: numbering, page layout, files of a medium.
"""
