"""Print: the recipes of everything on paper.

In: a laid-out series and a variant. Out: recipes of handouts, covers, books, packs and booklets.
Here belong page numbers of the book, and the list of what to read next.
Not here: rendering and binding, which are the press's, and the ebook.
"""
