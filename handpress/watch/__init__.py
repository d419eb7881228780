"""Watching: a page beside the editor that shows the article just saved, in every medium, with its problems.

In: a workspace whose files change. Out: the artefacts of a build, and a page that follows them.
Here belongs the loop from a saved file to a picture in the browser, and the way from a page back to the source.
Not here: how anything is made. `build` makes every file, and the same ones.
"""
