"""What an address and a form may carry: numbers a row can have, text a database can hold."""

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter

LARGEST_ROW = 2**31 - 1
NUL = "\x00"


class RowNumber(IntegerConverter):
    """The number of a row; larger ones belong to no address."""

    def __init__(self, *args, **options):  # type: ignore[no-untyped-def]
        super().__init__(*args, **{"max": LARGEST_ROW, **options})


def init_addresses(app: Flask) -> None:
    """Limit `<int:…>` to what a row can have, and refuse text with a NUL, which no person types."""
    app.url_map.converters["int"] = RowNumber

    @app.before_request
    def _refuse_nul() -> None:
        if NUL in request.path:
            abort(404)
        if any(NUL in value for part in (request.args, request.form) for _, value in part.items(multi=True)):
            abort(400)
