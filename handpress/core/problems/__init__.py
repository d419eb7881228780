"""Problems: an author's mistakes as values, the wording of each, and how they are shown.

In: a code with its facts and a place. Out: lines for people and editors, JSON. A new code is a row of `catalogue`.
Not here: the wording of the rules of `check`, which each rule has beside it.
"""
