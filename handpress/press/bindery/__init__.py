"""The bindery: PDFs made of finished PDFs.

In: rendered pieces or handouts. Out: a book, a pack or a booklet as one PDF.
Here belongs everything that changes a finished PDF: joins are written as text, the rest with pikepdf.
Not here: layout. Pieces to bind have their final pages.
"""
