"""Press: recipes to artefacts.

In: a `Recipe`, with every byte that may be read. Out: a result with the artefact's bytes, its pages and
the findings of its checks. Here belong the engines, each in one package, and the processes they run in.
Not here: series, articles, templates, settings.
"""
