"""Pages of search and help: everybody has them; what a search finds is tested beside it."""

from tests.rights import for_all_who_sign_in

PAGES = {
    "search.index": for_all_who_sign_in("/search"),
    "help.index": for_all_who_sign_in("/help"),
    "help.show": for_all_who_sign_in("/help/chart/p"),
}
