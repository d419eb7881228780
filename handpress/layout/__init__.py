"""Layout: documents to HTML and stylesheets.

In: composed documents, the workspace's templates, words and sheets. Out: the HTML, CSS and pictures of a page,
in the shape that its kind of file needs. `css` has the stylesheets, `html` the text; the modules here have the templates and
words around it, and what several media share. Not here: the recipes of one medium, and anything that renders.
"""
