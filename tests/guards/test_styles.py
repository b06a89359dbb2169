"""The look comes from one place: colours and sizes are tokens, every sheet is loaded, every drawing named exists."""

import re

from tests.guards.source import ROOT, files, name, places, text

CSS = ROOT / "static" / "css"
TOKENS = CSS / "tokens.css"
PAPER = CSS / "print"  # the PDF has its own palette and is dressed apart
COMPONENTS = [p for p in files("static/css") if p.suffix == ".css" and p != TOKENS and PAPER not in p.parents]
PAGES = [path for path in files("templates") if path.suffix == ".html"]
DRAWINGS = ROOT / "static" / "img" / "icons.svg"
LISTED = ROOT / "templates" / "components" / "styles.html"


def test_a_colour_is_written_in_the_tokens_and_nowhere_else():
    assert not places(re.compile(r"#[0-9a-f]{3,8}\b(?=[;\s,)])|\b(?:rgb|hsl)a?\("), COMPONENTS)


def test_a_size_of_type_or_corner_is_a_token():
    raw = re.compile(r"(?:font-size|border-radius):[^;]*\b\d+px|font:[^;]*?\b\d+px/|font-size: [\d.]+rem")
    assert not places(raw, COMPONENTS)


def test_no_two_tokens_hold_the_same_colour_of_light_and_dark():
    pairs = re.findall(r"(--q-[\w-]+): (light-dark\([^)]*\));", text(TOKENS))
    assert len(pairs) > 30
    assert len({colours for _, colours in pairs}) == len(pairs)


def test_every_token_a_rule_asks_for_exists():
    known = set(re.findall(r"(--q-[\w-]+):", text(TOKENS)))
    drawn = [DRAWINGS, *COMPONENTS, TOKENS]
    assert {wanted for path in drawn for wanted in re.findall(r"var\((--q-[\w-]+)", text(path))} <= known


def test_every_sheet_is_loaded_once():
    listed = re.findall(r'"([\w/-]+)"', text(LISTED).split("{% macro")[0].split("#}")[1])
    assert sorted(listed) == sorted(str(path.relative_to(CSS).with_suffix("")) for path in [TOKENS, *COMPONENTS])


def test_every_icon_a_template_names_is_drawn():
    drawn = set(re.findall(r'id="([\w-]+)"', text(DRAWINGS)))
    named = {icon for path in PAGES for icon in re.findall(r'icon\("([\w-]+)"[,)]', text(path))}
    assert len(named) > 5
    assert named <= drawn


def test_no_style_or_handler_stands_in_a_page_or_drawing():
    inline = re.compile(r"\sstyle=|<style|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", re.I)
    assert not places(inline, [path for path in files("templates", "static") if path.suffix in {".html", ".svg"}])


def test_every_behaviour_a_template_asks_for_is_attached():
    main = text(ROOT / "static" / "js" / "main.js")
    asked = {
        word
        for path in PAGES
        for found in re.findall(r'data-behaviour="([\w ]+)"', text(path))
        for word in found.split()
    }
    assert asked
    assert not {word for word in asked if f'import("./{word}.js")' not in main}
    scripts = [path for path in files("static/js") if path.suffix == ".js"]
    imported = {
        word for path in scripts for word in re.findall(r"""(?:from|import\() ?"\./([\w-]+\.js)\"""", text(path))
    }
    assert not [name(path) for path in scripts if path.stem != "main" and path.name not in imported]
