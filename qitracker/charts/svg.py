"""From matplotlib's SVG to one that a page may hold: words first, ids of its own, attributes instead of styles."""

import re
from xml.sax.saxutils import escape

FAMILY = "Source Sans Pro, DejaVu Sans, sans-serif"
DROPPED = re.compile(r"<metadata>.*?</metadata>|<style.*?</style>|<!--.*?-->|<\?xml.*?\?>|<!DOCTYPE.*?>", re.S)
OPENING = re.compile(r"<svg[^>]*?viewBox=\"([^\"]*)\"[^>]*>", re.S)
ROLE = re.compile(r'<g id="(c-[a-z]+)\|(\d*)\|([^"]*)">')
SHAPE_OF_MARK = re.compile(r'(<path id="m[^"]*" d="[^"]*") stroke[^>]*/>')  # its colours come from each <use>
NUMBER = re.compile(r"-?\d+\.\d+")
GROUP_OF_NOTHING = re.compile(r"<g(?: id=\"[^\"]*\")?>\s*</g>|<g(?: id=\"[^\"]*\")?/>|<defs>\s*</defs>|<defs/>")
PLAIN_GROUP = re.compile(r"<g>\s*(<(?:path|use)[^>]*/>|<text[^>]*>[^<]*</text>)\s*</g>")


def clean(drawn: str, *, ident: str, title: str, description: str = "", in_points: bool = False) -> str:
    """Return a self-contained picture: `role="img"`, title and description first, every id beginning with `ident`.

    `in_points` sizes it for paper, else in pixels. What matplotlib names `role|number|words` becomes a
    class, an id and a <title> of its own.
    """
    body = DROPPED.sub("", drawn)
    view = OPENING.search(body)
    assert view is not None, "matplotlib wrote no picture"
    body = body[view.end() :]
    body = re.sub(r'\sstyle="([^"]*)"', lambda found: _attributes(found[1]), body)
    body = re.sub(r"<[^>]*>", _short_numbers, body)
    body = SHAPE_OF_MARK.sub(r"\1/>", body)
    body = re.sub(r' transform="rotate\(-?0 [^"]*"', "", body)
    body = _own_ids(body, ident)
    body = ROLE.sub(lambda found: _role(found, ident), body)
    body = _without_idle_groups(body)
    return _head(view[1], ident, title, description, "pt" if in_points else "") + body.strip()


def _head(view: str, ident: str, title: str, description: str, measure: str) -> str:
    width, height = (float(size) for size in view.split()[2:])
    named = f"{ident}-t {ident}-d" if description else f"{ident}-t"
    said = f'<title id="{ident}-t">{escape(title)}</title>'
    if description:
        said += f'<desc id="{ident}-d">{escape(description)}</desc>'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 {width:g} {height:g}" width="{width:g}{measure}" height="{height:g}{measure}" '
        f'role="img" aria-labelledby="{named}" font-family="{FAMILY}" '
        f'stroke-linejoin="round" stroke-linecap="butt">{said}'
    )


def _attributes(style: str) -> str:
    """Turn declarations into attributes: the strict policy of pages forbids the former."""
    pairs = dict(part.strip().split(": ", 1) for part in style.split(";") if ": " in part)
    font = pairs.pop("font", "")
    if font:
        size = re.search(r"([\d.]+)px", font)
        weight = re.match(r"\s*(\d{3})\b", font)
        pairs |= {"font-size": size[1] if size else "12"} | ({"font-weight": weight[1]} if weight else {})
    for idle in ("font-family", "stroke-miterlimit"):
        pairs.pop(idle, None)
    if pairs.get("stroke-linejoin") == "round":
        del pairs["stroke-linejoin"]
    return "".join(f' {name}="{value.removesuffix("px")}"' for name, value in pairs.items())


def _short_numbers(tag: re.Match[str]) -> str:
    """Keep a tenth of a pixel in geometry; words of a point keep their digits."""
    if tag[0].startswith('<g id="c-'):
        return tag[0]
    return NUMBER.sub(lambda number: f"{float(number[0]):.1f}".removesuffix(".0"), re.sub(r"\s+", " ", tag[0]))


def _own_ids(body: str, ident: str) -> str:
    """Prefix ids that something points to; drop the others."""
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', body))
    body = re.sub(r' id="(?!c-)([^"]*)"', lambda found: f' id="{ident}-{found[1]}"' if found[1] in used else "", body)
    return re.sub(r'((?:href="#|url\(#))', lambda found: f"{found[1]}{ident}-", body)


def _role(found: re.Match[str], ident: str) -> str:
    role, number, words = found.groups()
    if not number:
        return f'<g class="{role}">'
    return f'<g class="{role}" id="{ident}-p{number}"><title>{words}</title>'


def _without_idle_groups(body: str) -> str:
    body = re.sub(r">\s+<", "><", body)
    while (less := GROUP_OF_NOTHING.sub("", body)) != body:
        body = less
    while (less := PLAIN_GROUP.sub(r"\1", body)) != body:
        body = less
    return body
