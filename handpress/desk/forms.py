"""Forms: the fields of a request, all of them text."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

from msgspec import Struct
from starlette.exceptions import HTTPException
from starlette.requests import Request

from handpress.personal.visit import Private

MOST = 3000  # fields


class Form(Private, Struct, frozen=True):
    """The fields of a form in order."""

    pairs: tuple[tuple[str, str], ...]

    def __contains__(self, name: str) -> bool:
        return any(n == name for n, _ in self.pairs)

    def get(self, name: str, default: str = "") -> str:
        """Return the last field of a name."""
        return next((v for n, v in reversed(self.pairs) if n == name), default)

    def all(self, name: str) -> tuple[str, ...]:
        """Return the fields of a name in order."""
        return tuple(v for n, v in self.pairs if n == name)


async def read_form(request: Request) -> Form:
    """Return the fields that a form sends."""
    kind = request.headers.get("content-type", "").partition(";")[0]
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(415)
    try:
        text = (await request.body()).decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST, errors="replace")
    except ValueError:
        raise HTTPException(400) from None
    return Form(tuple(pairs))


async def read_parts(request: Request) -> tuple[Form, dict[str, bytes]]:
    """Return the fields and the files of a form that has files (RFC 7578). Names of files are not read."""
    kind, _, rest = request.headers.get("content-type", "").partition(";")
    boundary = re.search(r'boundary="?([\w\'()+,./:=?-]{1,70})"?', rest)
    if kind.strip() != "multipart/form-data" or not boundary:
        raise HTTPException(415)
    pairs: list[tuple[str, str]] = []
    files: dict[str, bytes] = {}
    body = b"\r\n" + await request.body()
    for part in body.split(f"\r\n--{boundary[1]}".encode())[1:-1]:
        head, _, data = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        name = re.search(rb'; name="([^"]*)"', head)
        if name is None or len(pairs) > MOST:
            raise HTTPException(400)
        key = name[1].decode("utf-8", "replace")
        if b'; filename=""' in head:  # no file was chosen
            continue
        if b"; filename=" in head:
            files[key] = data
        else:
            pairs.append((key, data.decode("utf-8", "replace")))
    return Form(tuple(pairs)), files
