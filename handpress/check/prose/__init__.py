"""Prose: the sentences of a page, the syllables of a word, and the formulas of readability.

In: a page. Out: sentences, counts and scores.
Here belongs what several rules on language share.
Not here: the rules, which are in `check.rules.language`.
"""
