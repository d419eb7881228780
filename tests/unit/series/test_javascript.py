"""Values in scripts: what people write as settings is read, and no code is run."""

from __future__ import annotations

from typing import Any

import pytest

from handpress.series.outlines.javascript import Code, exported


@pytest.mark.parametrize(
    ("script", "value"),
    [
        ("module.exports = {a: 'b', \"c d\": [1, -2.5, true, null,],};", {"a": "b", "c d": [1, -2.5, True, None]}),
        ("// a's\n/* module.exports = 1 */\nexport default [`x`, 'it\\'s', '\\u00e9\\x41\\u{1F33F}'] // end", ["x", "it's", "éA🌿"]),
        ("const a: Config = {b: 1} as const\n\nexport default a\n", {"b": 1}),
        ("const a = {b: ['c'] satisfies X} satisfies Y;\nmodule.exports = a;", {"b": ["c"]}),
        ("/** @type {X} */\nmodule.exports = (\n  /** @type {Y} */ ({a: ('b')})\n);", {"a": "b"}),
        ("const b = ['x'];\nconst c = {d: 1};\nmodule.exports = {b, e: [...b, 'y'], ...c};", {"b": ["x"], "e": ["x", "y"], "d": 1}),
        ("module.exports = {p: require.resolve('./s.js'), q: require.resolve(x)}", {"p": "./s.js", "q": Code(51, "require.resolve(x)")}),
        ("module.exports = ['a' + 'b', f(1, [2]), x ? 1 : 2, `${y}`, 'z']", [Code(18, "'a' + 'b'"), Code(29, "f(1, [2])"), Code(40, "x ? 1 : 2"), Code(51, "`${y}`"), "z"]),
        ("module.exports = {f() { return {a: 1} }, g: async (x) => { ; }, h: '}', ...i(), [k]: 1, l}",
         {"...18": Code(18, "f() { return {a: 1} }"), "g": Code(44, "async (x) => { ; }"), "h": "}",
          "...72": Code(72, "...i()"), "...80": Code(80, "[k]: 1"), "l": Code(88, "l")}),
        ("const a = a;\nmodule.exports = [a]", [Code(31, "a")]),
        ("module.exports = async function () { return {a: 1} }", Code(17, "async function () { return {a: 1} }")),
        ("module.exports = [[1, 2].map(f), {a: 1}]", [Code(18, "[1, 2].map(f)"), {"a": 1}]),
        ("title: 'no script'", None),
        ("module.exports = {a: ['b'", {"a": ["b"]}),
        ("module.exports = {a: [}, 'b'", {"a": []}),
        ("module.exports = ", Code(17, "")),
    ],
)  # fmt: skip
def test_the_value_that_a_script_exports(script: str, value: Any) -> None:
    found = exported(script)
    assert repr(found).replace(".0", "") == repr(value).replace(".0", "")


@pytest.mark.parametrize("cut", range(0, 120, 3))
def test_a_script_may_end_anywhere(cut: int) -> None:
    script = "const a = [{type: 'doc', id: `x`}, ...b('c', {d: [1]})];\nmodule.exports = {a, 'e': [f => ({g: 1}), \"h\"], /* i */ j};\n"
    exported(script[:cut])
    exported(script[cut:])


@pytest.mark.parametrize(
    "script",
    [
        "module.exports = " + "[" * 10_000,
        "module.exports = " + "{a: (" * 10_000,
        # Thirty lines that would be a list of a billion items.
        "".join(f"const a{n} = [...a{n + 1}, ...a{n + 1}];\n" for n in range(30))
        + "const a30 = [1];\nmodule.exports = a0",
    ],
)
def test_a_script_cannot_make_a_value_without_end(script: str) -> None:
    assert exported(script) is not None


def test_the_halves_of_a_character_are_joined() -> None:
    assert exported(r"module.exports = ['\ud83c\udf3f', '\ud83c']") == ["🌿", "�"]
