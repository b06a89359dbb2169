"""Files and functions stay small enough to read at one sitting, and say what they are."""

import ast
import re

from tests.guards.source import ROOT, files, functions, name, places, python, text

MOST_LINES = {"qitracker": 400, "templates": 400, "static": 400, "tests": 500}
MOST_LINES_OF_A_FUNCTION = 50
LISTS_OF_TABLES = ROOT / "qitracker/migrations/versions"  # one statement a table, read from top to bottom
REASON = re.compile(r"\(long: .+\)")  # in the first line of a file that has to be longer
IMPORTED_WHERE_USED = {"matplotlib", "mpl_toolkits", "weasyprint", "python_calamine", "xlsxwriter"}
VAGUE = {"util", "utils", "helper", "helpers", "common", "misc", "tools"}
WRITTEN_BY_HAND = {".py", ".html", ".css", ".js", ".txt"}


def test_no_file_is_longer_than_its_kind_may_be_without_a_reason_in_its_first_line():
    too_long = [
        f"{name(path)}: {lines} lines"
        for folder, most in MOST_LINES.items()
        for path in files(folder)
        if path.suffix in WRITTEN_BY_HAND
        and (lines := text(path).count("\n")) > most
        and not REASON.search(text(path).partition("\n")[0])
    ]
    assert not too_long


def test_no_function_is_longer_than_fifty_lines():
    too_long = [
        f"{name(path)}:{f.lineno} {f.name}: {size} lines"
        for path, tree in python("qitracker")
        if path.parent != LISTS_OF_TABLES
        for f in functions(tree)
        if (size := (f.end_lineno or f.lineno) - f.lineno + 1) > MOST_LINES_OF_A_FUNCTION
    ]
    assert not too_long


def test_every_module_says_in_its_first_line_what_lives_there():
    silent = [name(path) for path, tree in python("qitracker", "tests") if not ast.get_docstring(tree)]
    assert not silent


def test_every_template_style_and_script_says_in_its_first_line_what_it_is():
    opening = {".html": "{#", ".css": "/*", ".js": "/"}
    silent = [
        name(path)
        for path in files("templates", "static")
        if path.suffix in opening and not text(path).startswith(opening[path.suffix])
    ]
    assert not silent


def test_no_module_has_a_name_that_says_nothing():
    vague = [name(path) for path in files("qitracker", "tests") if path.stem in VAGUE or path.parent.name in VAGUE]
    assert not vague


def test_only_the_heavy_libraries_are_imported_inside_a_function_and_each_in_one_place():
    hidden, wrapped_in = [], {}
    for path, tree in python("qitracker"):
        for node in (n for f in functions(tree) for n in ast.walk(f) if isinstance(n, ast.Import | ast.ImportFrom)):
            for library in _libraries(node):
                if library not in IMPORTED_WHERE_USED:
                    hidden.append(f"{name(path)}:{node.lineno} {library}")
                wrapped_in.setdefault(library, set()).add(name(path))
    assert not hidden
    assert not {library: sorted(where) for library, where in wrapped_in.items() if len(where) > 1}


def _libraries(node: ast.Import | ast.ImportFrom) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name.partition(".")[0] for alias in node.names}
    return {(node.module or "").partition(".")[0]}


def test_no_function_is_an_empty_promise():
    empty = [
        f"{name(path)}:{f.lineno} {f.name}"
        for path, tree in python("qitracker")
        for f in functions(tree)
        if not f.decorator_list and not _in_protocol(tree, f) and all(map(_says_nothing, f.body))
    ]
    assert not empty


def _says_nothing(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Pass) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    )


def _in_protocol(tree: ast.Module, function: ast.AST) -> bool:
    return any(
        function in node.body and any("Protocol" in ast.dump(base) for base in node.bases)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    )


def test_nothing_is_left_for_later_and_no_test_is_switched_off():
    later = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")
    off = ("raise NotImplemented" + "Error", "mark" + r"\.skip\b", "mark" + r"\.xfail", r"pytest\.x" + "fail")
    left = re.compile("|".join([rf"\b(?:{'|'.join(later)})\b", *off]))
    assert not places(left, [p for p in files() if p.suffix in {*WRITTEN_BY_HAND, ".md", ".toml"} or p.name == "qi"])


def test_every_test_checks_something():
    checks = re.compile(r"\bassert\b|\braises\(|\bexpect\(|\b(?:check|must|assert|expect)_\w+\(")
    idle = [
        f"{name(path)}:{f.lineno} {f.name}"
        for path, tree in python("tests")
        for f in functions(tree)
        if f.name.startswith("test_") and not checks.search(ast.get_source_segment(text(path), f) or "")
    ]
    assert not idle


def test_the_guards_read_the_project_and_not_an_empty_folder():
    assert len(python("qitracker")) > 20
    assert (ROOT / "pyproject.toml") in files()
