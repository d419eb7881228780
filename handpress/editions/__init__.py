"""Editions: released, recorded in the ledger, made again from git, and proved to be the same.

In: a workspace, its git history, and the ledger of a series, which `series/editions` reads.
Out: an entry in the ledger, the files of any edition, and the differences between two.
Not here: what pages show of an edition, which every medium reads from `Series`.
"""
