"""Caches: results kept within a process and between builds, each under the hash of all that it depends on.

In: a key and a way to find the value. Out: the value. A record that was damaged or cut short counts as missing.
Not here: the manifest of a build, and its finished artefacts (:mod:`handpress.build`).
"""
