"""EPUB: the recipes of ebooks.

In: laid-out series, and the page numbers of the printed book. Out: the recipe of an EPUB with its pages,
navigation, metadata, fonts and stylesheets. Here belongs what only e-readers need.
Not here: zipping and packing, which are the press's.
"""
