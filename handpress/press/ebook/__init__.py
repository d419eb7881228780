"""The ebook press: files to an EPUB.

In: pages, pictures, fonts and rows of metadata. Out: an EPUB whose bytes depend on nothing else.
Here belongs everything that touches EbookLib.
Not here: what the ebook contains.
"""
