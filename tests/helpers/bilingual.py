"""A small series in English with a translation into Arabic, for handouts in both languages."""

from __future__ import annotations

FILES = {
    "sources/shoulder/series.yaml": "title: Shoulder\nmedia: [handout]\n",
    "sources/shoulder/01-swing.md": """\
# Swing your arm

Move the shoulder a little each day.

!!! exercise "Pendulum"

    1. Lean on a table.

    Sets
    :   2

    Hold
    :   5 seconds

!!! exercise "Wall walk"

    1. Walk your fingers up a wall.

    Sets
    :   3
""",
    "sources/shoulder/02-rest.md": "# Rest\n\nA handout without translation.\n",
    "sources/shoulder.ar/series.yaml": "title: الكتف\n",
    "sources/shoulder.ar/01-swing.md": """\
# أرجِح ذراعك

حرّك الكتف قليلاً كل يوم.

!!! exercise "البندول"

    1. استند إلى طاولة.

!!! exercise "المشي على الحائط"

    1. حرّك أصابعك إلى أعلى الحائط.
""",
}
