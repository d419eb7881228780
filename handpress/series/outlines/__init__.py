"""Outlines: the order, titles and parts of articles in files of other programs.

In: the files of a folder such as `SUMMARY.md`, `mkdocs.yml` or `_quarto.yml`. Out: an `Order` of paths, with a
problem for each entry without a file. Here belongs all that is particular to one program's project.
Not here: reading articles, settings of a series, front matter.
"""
