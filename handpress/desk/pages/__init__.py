"""Pages: one module for each page of the desk.

In: a request, and the desk. Out: the page, its pictures and PDFs. Each module has the routes of its page. Not here: the
templates, in `desk/templates`, and the words, in `desk/words`.
"""
