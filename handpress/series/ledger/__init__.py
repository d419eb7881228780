"""Ledger: the editions of a series that were released.

In: `editions.yaml`. Out: its editions with their articles, and the news in each for readers. Not here: making a release,
and comparing editions (:mod:`handpress.editions`).
"""
