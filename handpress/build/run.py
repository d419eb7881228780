"""Building: make every artefact of a workspace that is out of date.

load ──▶ plan, stage by stage ──▶ (only if not fresh) render ──▶ check, write ──▶ sweep
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from handpress.build import up_to_date
from handpress.build.outcome import Expected, Foreign, Outcome, Told
from handpress.build.places import MARK, NAME
from handpress.build.request import Request
from handpress.core.files.workspace import Workspace

if TYPE_CHECKING:
    from handpress.press.pool import Workers


def build(
    workspace: Workspace,
    request: Request,
    tell: Told,
    expect: Expected,
    workers: Workers | None = None,
) -> Outcome:
    """Make every artefact that is out of date.

    `tell` is called with each event, and `expect` with the paths of the next artefacts. A program that builds
    repeatedly passes its own `workers`, which stay warm; otherwise a build starts and ends its own.

    Raises :class:`Foreign` before anything is written if the output folder is not ours.
    """
    not_foreign(workspace.output)
    seen = up_to_date.last_build(workspace, request.scope)
    if seen is not None and not request.rebuild:
        return Outcome(seen.problems, fresh=seen.fresh, series=seen.series)
    # Imported only now: a build that makes nothing takes a quarter of a second.
    from handpress.build.builder import make_stale

    return make_stale(workspace, request, tell, expect, workers)


def not_foreign(output: Path) -> None:
    """Raise :class:`Foreign` if the output folder has files, and none of them is ours."""
    ours = any(os.path.lexists(output / name) for name in (MARK, NAME))
    if output.is_dir() and not ours and any(output.iterdir()):
        raise Foreign(str(output))
