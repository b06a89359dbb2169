"""The built wheel holds all that an installation needs, and serves a page far from any checkout."""

import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path
from shutil import copytree, ignore_patterns
from urllib.request import urlopen
from zipfile import ZipFile

import pytest

from tests.served import served

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
PACKED = ("qitracker", "templates", "static", "pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> Path:
    """Copy what is packed, so that nothing left from an earlier build gets in."""
    source = tmp_path_factory.mktemp("source")
    for name in PACKED:
        if (ROOT / name).is_dir():
            copytree(ROOT / name, source / name, ignore=ignore_patterns("__pycache__"))
        else:
            (source / name).write_bytes((ROOT / name).read_bytes())
    return source


@pytest.fixture(scope="module")
def wheel(source) -> Path:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", source / "dist", source]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = (source / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """Install the wheel in an environment that borrows this one's dependencies but not its checkout."""
    environment = tmp_path_factory.mktemp("elsewhere") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    python = environment / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel]
    subprocess.run(pip, check=True, capture_output=True)
    (own,) = environment.glob("lib/python3*/site-packages")
    (own / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python


def test_the_wheel_holds_every_file_of_the_package_its_templates_and_its_static_files(source, wheel):
    packed = {name.removeprefix("qitracker/") for name in ZipFile(wheel).namelist() if name.startswith("qitracker/")}
    package = {
        str(path.relative_to(source / "qitracker")) for path in (source / "qitracker").rglob("*") if path.is_file()
    }
    beside = {
        str(path.relative_to(source))
        for folder in ("templates", "static")
        for path in (source / folder).rglob("*")
        if path.is_file()
    }
    assert package | beside <= packed


def test_the_installed_wheel_serves_a_page_with_its_styles_elsewhere(installed, tmp_path):
    where = "import qitracker; print(qitracker.__file__)"
    found = subprocess.run([installed, "-c", where], cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    assert found.startswith(str(installed.parents[1]))
    administrator = ("--email", "first@alder.example", "--name", "First One", "--organisation", "Alder Health")
    subprocess.run(
        [installed, "-m", "qitracker.cli", "init", *administrator],
        env={**os.environ, "QI_INSTANCE": str(tmp_path)},
        cwd=tmp_path,
        check=True,
    )
    with served(tmp_path, command=(str(installed), "-m", "qitracker"), environment="production") as running:
        with urlopen(running.address + "/") as answer:
            page = answer.read().decode("utf-8")
        assert "</html>" in page
        styles = re.findall(r'<link[^>]+href="(/[^"]+\.css[^"]*)"', page)
        assert styles
        for style in styles:
            with urlopen(running.address + style) as answer:
                assert answer.status == 200 and answer.read()
