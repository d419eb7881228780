"""Shared by the tests: workspaces and commands, readers of finished files, sources, oracles and watchers."""
