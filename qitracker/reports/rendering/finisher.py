"""The last hand on a PDF before it is written: what PDF/UA asks for and WeasyPrint 70 leaves open.

Header cells get their scope, words in the margins become artifacts (they repeat on each page and hang on
no tree, so a reader would meet loose ends), links are allowed to print.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pydyf

MARKED = re.compile(rb"<<\s*/MCID (\d+)\s*>>")

Objects = Mapping[int, Any]


def finish(document: Any, pdf: Any) -> int:
    """Mend the finished document in place; return how many pieces of margin became artifacts."""
    objects = {one.number: one for one in pdf.objects if isinstance(one, pydyf.Object)}
    on_tree = _on_tree(objects, _number(pdf.catalog["StructTreeRoot"]))
    loose: dict[int, set[int]] = {}
    for one in objects.values():
        if not isinstance(one, dict):
            continue
        _scope(one)
        _print_flag(one)
        if one.get("Type") == "/StructElem" and one.number not in on_tree:
            marks = {kid for kid in one["K"] if isinstance(kid, int)}
            loose.setdefault(_number(one["Pg"]), set()).update(marks)
    return sum(
        _to_artifacts(objects[_number(objects[page]["Contents"])].stream, marks) for page, marks in loose.items()
    )


def _number(reference: Any) -> int:
    """Return the object number of a reference such as "12 0 R"."""
    text = reference.decode() if isinstance(reference, bytes) else str(reference)
    return int(text.split()[0])


def _on_tree(objects: Objects, root: int) -> set[int]:
    """Return the numbers of all structure elements that hang on the tree."""
    seen, waiting = {root}, [root]
    while waiting:
        for kid in _kids(objects[waiting.pop()]):
            if kid not in seen and isinstance(objects.get(kid), dict):
                seen.add(kid)
                waiting.append(kid)
    return seen


def _kids(element: Any) -> Iterable[int]:
    kids = element.get("K") or ()
    if not isinstance(kids, list | pydyf.Array):
        kids = (kids,)
    return [_number(kid) for kid in kids if isinstance(kid, bytes | str)]


def _scope(element: Any) -> None:
    """Say of a header cell whether it heads its column or its row: cells of the first row are "name-0-…"."""
    if element.get("S") == "/TH" and "ID" in element:
        first_row = element["ID"].string.split("-")[1] == "0"
        element["A"]["Scope"] = "/Column" if first_row else "/Row"


def _print_flag(element: Any) -> None:
    if element.get("Type") == "/Annot":
        element["F"] = 4


def _to_artifacts(stream: list[Any], marks: set[int]) -> int:
    """Rewrite `/Span <</MCID n>> BDC` of loose marks as an artifact of pagination."""
    changed = 0
    for at in range(1, len(stream) - 1):
        if stream[at + 1] != b"BDC":
            continue
        found = MARKED.fullmatch(bytes(getattr(stream[at], "data", stream[at])))
        if found and int(found[1]) in marks:
            stream[at - 1], stream[at] = b"/Artifact", b"<</Type /Pagination>>"
            changed += 1
    return changed
