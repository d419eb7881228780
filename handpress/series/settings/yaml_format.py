"""YAML to nodes: values stay the author's text, without YAML's conversion to numbers, dates or truth values."""

from __future__ import annotations

import yaml

from handpress.core.files.disk import SEPARATOR
from handpress.series.settings.nodes import Broken

# libyaml reads ten times as fast. Its reasons are poorer, so PyYAML's own reader finds those.
FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str) -> yaml.Node | None:
    """Return the node of a YAML text, None for an empty one."""
    text = SEPARATOR.sub(" ", text)  # YAML would end its line there
    try:
        return yaml.compose(text, Loader=FAST)
    except (yaml.YAMLError, ValueError, RecursionError):
        pass
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        where = error.problem_mark or error.context_mark
        reason = error.problem or error.context or "it is not valid YAML"
        # PyYAML marks where it noticed an open bracket or quote; its start is a better place.
        opened = "flow" in (error.context or "") or "quoted" in (error.context or "")
        if error.context_mark and opened:
            where = error.context_mark
        raise Broken(reason, where.index if where else 0) from None
    except RecursionError:
        raise Broken("its brackets are nested too deeply", 0) from None
    except (yaml.YAMLError, ValueError) as error:
        position = getattr(error, "position", 0)
        reason = str(getattr(error, "reason", error)) or "it is not valid YAML"
        raise Broken(reason, position) from None
