"""Puts the pages and their styles, which stand beside the package in a checkout, inside the package in a wheel."""

from pathlib import Path
from shutil import copytree

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithPages(build_py):
    """Copy templates and static into the built package; a checkout that is installed in place keeps its own."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            for folder in ("templates", "static"):
                copytree(folder, Path(self.build_lib, "qitracker", folder), dirs_exist_ok=True)


setup(cmdclass={"build_py": BuildWithPages})
