"""Web: the recipes of the website.

In: laid-out series, and what is known of the finished artefacts. Out: recipes of pages, downloads, the shelf
and its catalogues for reading apps. Here belongs what only browsers and reading apps see.
Not here: making the files that are downloaded.
"""
