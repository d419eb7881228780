"""Layout: documents to HTML and stylesheets.

In: composed documents, the workspace's templates, words and sheets. Out: the HTML, CSS and pictures of a page,
in the shape that its kind of file needs. Here belongs what several media share in looks.
Not here: the recipes of one medium, and anything that renders.
"""
