"""The text of a page: a composed body in the shape that PDF, ebooks or browsers need.

In: the body of a document. Out: the same words, with pictures, formulas, faces and page numbers in their final form. A
new kind of file is a row of `file_kinds`. Not here: the templates around the body.
"""
