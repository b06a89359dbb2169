"""Pages that every installation has: home, signing in, health, fonts."""

from tests.rights import Page, every, for_all_who_sign_in, public

PAGES = {
    "desk.home": for_all_who_sign_in("/"),
    "health.live": public("/healthz"),
    "health.ready": public("/readyz"),
    "assets.font": public("/assets/fonts/no-such-face.woff2", 404),
    "static": public("/static/css/tokens.css"),
    "gallery.index": public("/gallery"),
    "security.static": public("/fs-static/js/base64.js"),
    "security.login": Page("/login", every(302), every(302), every(302), stranger=200),
    "security.change_password": Page("/change", every(200), every(200), every(200), stranger=302),
    "security.verify": Page("/verify", every(200), every(200), every(200), stranger=302),
}
