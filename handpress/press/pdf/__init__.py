"""The PDF press: WeasyPrint's pages as tagged PDF.

In: the files of a recipe. Out: a PDF that conforms to PDF/UA-1 and PDF/A-2a, or a picture of a page.
Here belongs everything that touches WeasyPrint or pydyf.
Not here: checks of the pages, and PDFs made of other PDFs.
"""
