"""Importing: exports of blogs, saved pages and documents to the files of a series.

In: an export, a page, a document or a folder of them.
Out: Markdown files with pictures and authors, and a list of all that was left out, changed or guessed.
Not here: downloads of pictures (`handpress fetch`), and checks of the finished sources.
"""
