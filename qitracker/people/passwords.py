"""What makes a password good enough, and how one-time links are made. Pure."""

import hashlib
import hmac
import re
import secrets
import unicodedata
from typing import Final

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import say

SHORTEST: Final = 12
LONGEST: Final = 256
FEWEST_DIFFERENT: Final = 5
_WELL_KNOWN: Final = (
    "password",
    "passwort",
    "qwerty",
    "letmein",
    "welcome",
    "hospital",
    "qitracker",
    "administrator",
    "changeme",
)


def check_password(password: str, *, email: str, name: str) -> str:
    """Return the password in the form that is hashed (NFKD), or say what is wrong with it.

    Length is what counts (NIST SP 800-63B, 3.1.1.2): no rules about kinds of characters.

    Raises:
        Invalid: too short or long, few different characters, a known word and little else, or the
            person's own e-mail address or name.
    """
    normal = unicodedata.normalize("NFKD", password)
    if len(normal) < SHORTEST:
        raise Invalid(
            say("Use at least {least} characters. Three or four unrelated words are easy to keep.", least=SHORTEST),
            field="password",
        )
    if len(normal) > LONGEST:
        raise Invalid(say("Use at most {most} characters.", most=LONGEST), field="password")
    if len(set(normal.casefold())) < FEWEST_DIFFERENT:
        raise Invalid(say("This repeats few characters. Use three or four unrelated words."), field="password")
    if _is_about(normal, email=email, name=name):
        raise Invalid(
            say("This is close to your name or e-mail address. Use words that have nothing to do with you."),
            field="password",
        )
    if any(len(_letters(normal).replace(word, "")) < 4 for word in _WELL_KNOWN if word in _letters(normal)):
        raise Invalid(
            say("This is among the first that would be tried. Use three or four unrelated words."), field="password"
        )
    return normal


def _is_about(password: str, *, email: str, name: str) -> bool:
    said = _letters(password)
    whole = {_letters(email), _letters(email.split("@")[0]), _letters(name)} - {""}
    return any(said == own or (len(own) >= 5 and own in said and len(said) - len(own) < 6) for own in whole)


def _letters(text: str) -> str:
    return re.sub(r"[\W\d_]+", "", text.casefold())


def new_token() -> str:
    """Return an unguessable text for a one-time link (256 bits)."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return what is stored of a one-time link: enough to know it again, too little to make it."""
    return hashlib.sha256(token.encode()).hexdigest()


def name_hash(name: str, secret: str) -> str:
    """Return the keyed hash under which sign-in attempts of a name are counted."""
    return hmac.new(
        secret.encode(), unicodedata.normalize("NFKC", name).strip().casefold().encode(), hashlib.sha256
    ).hexdigest()


def spoken_password(words: int = 4) -> str:
    """Return a random password of syllables that can be read out and typed: at least 50 bits."""
    syllables = [c + v for c in "bdfghjklmnprstvwz" for v in "aeiou"]
    return "-".join("".join(secrets.choice(syllables) for _ in range(3)) for _ in range(words))
