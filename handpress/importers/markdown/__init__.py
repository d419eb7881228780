"""Writing Markdown: a simple tree to the text that Handpress reads as the same tree.

In: the blocks that `simplify` makes.
Out: Markdown in Handpress's own dialect, each block read again and compared.
Not here: settings of articles, and the names of files.
"""
