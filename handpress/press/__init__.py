"""Press: recipes to artefacts.

In: a `Recipe`, which has every byte that may be read. Out: a result with the artefact's bytes, its pages and
what the checks found. Here belong the engines, each in one package, and the processes they run in.
Not here: series, templates, settings. A press knows no article.
"""
