"""Pages of the desk: everybody has a home and a board; whose numbers they hold is tested beside them."""

from tests.rights import for_all_who_sign_in

PAGES = {
    "board.index": for_all_who_sign_in("/board"),
}
