"""How times, numbers and names are printed: filters of the templates, by the reader's language."""

import re
from datetime import date as calendar_day
from datetime import datetime, timedelta
from decimal import Decimal
from urllib.parse import quote
from zlib import crc32

from babel import Locale
from babel.numbers import format_decimal
from babel.units import format_unit
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from markupsafe import Markup

from comptoir.common import clock
from comptoir.common.linkify import linkify as link_text
from comptoir.people.faces import Face
from comptoir.sales.tax_mentions import tax_mention
from comptoir.shops.arrival import arrival_words
from comptoir.web import spoken

TINTS = 6
RECENT = timedelta(days=6)
WORDS = re.compile(r"[\s'’.-]+")
ARTICLES = frozenset(WORDS.split("la le les l d de du des au aux un une et the a an of and"))


def language() -> str:
    """The language of this answer, as Babel names it."""
    return (translation.get_language() or "fr").replace("-", "_")


def money(minor: int, currency: str) -> str:
    """12,90 € or €12.90."""
    return spoken.amount(minor, currency, language())


def number(count: int) -> str:
    """1 234 or 1,234; from 10,000 on, short: 12 k, 12K."""
    return spoken.count(count, language())


def ago(at: datetime) -> str:
    """ "just now", "3 hr", "2 days", and a date when it is longer ago."""
    age = clock.now() - at
    if age < timedelta(minutes=1):
        return _("just now")
    if age < RECENT:
        return spoken.age(age, language())
    return date(at)


def date(at: datetime) -> str:
    """3 mars, or 3 mars 2024 when it is not this year."""
    local = timezone.localtime(at)
    if local.year == timezone.localtime(clock.now()).year:
        return day(local.date())
    return spoken.calendar_day(local.date(), "medium", language())


def whole_date(at: datetime | calendar_day) -> str:
    """As ``date``, for sentences: no month is cut short, as its full stop would stand before that
    of the sentence. 3 novembre, or 3 novembre 2024 when it is not this year."""
    on = timezone.localtime(at).date() if isinstance(at, datetime) else at
    if on.year != timezone.localtime(clock.now()).year:
        return spoken.calendar_day(on, "long", language())
    pattern = "d MMMM" if language().startswith("fr") else "MMMM d"
    return spoken.calendar_day(on, pattern, language())


def day(on: calendar_day) -> str:
    """A day of this year or the last: 3 mars, or Mar 3."""
    pattern = "d MMM" if language().startswith("fr") else "MMM d"
    return spoken.calendar_day(on, pattern, language())


def span(days: tuple[calendar_day, calendar_day]) -> str:
    """From a day to another: "Mar 3 – 5"; one day alone when both are the same."""
    return arrival_words(*days, language())


def moment(at: datetime) -> str:
    """The full date and time: 3 mars 2024 à 14:05."""
    local = timezone.localtime(at)
    return _("%(day)s at %(time)s") % {
        "day": spoken.calendar_day(local.date(), "long", language()),
        "time": spoken.time_of_day(local.time().replace(second=0, microsecond=0), language()),
    }


def percent(basis_points: int) -> str:
    """2000 gives "20", 550 gives "5.5" or «5,5»; without the sign."""
    return spoken.percent(basis_points, language())


def file_size(count: int) -> str:
    """A number of bytes in millions, 12,3 Mo or 12.3 MB; small ones in thousands."""
    if count < 100_000:
        thousands = max(round(count / 1000), 1)
        return str(format_unit(thousands, "digital-kilobyte", "short", locale=language()))
    shown = format_decimal(round(Decimal(count) / 1_000_000, 1), locale=language())
    return str(format_unit(shown, "digital-megabyte", "short", locale=language()))


def country(code: str) -> str:
    """The country's name: FR gives "France"; an unknown code is shown as it is."""
    return str(Locale.parse(language()).territories.get(code, code))


def initials(name: str) -> str:
    """Without articles: "Inès Le Goff" gives "IG", "La Maison Zinc" gives "MZ"."""
    words = [w for w in WORDS.split(name) if w[:1].isalnum()]
    told = [w for w in words if w.lower() not in ARTICLES] or words
    return "".join(w[0] for w in told[:2]).upper()


def called(face: Face) -> str:
    """How a sentence calls someone: people by their first name, shops by their whole name."""
    first = face.name.split()[0] if face.name.split() else face.handle
    return first if face.kind == "person" and len(first) > 2 else face.name


def tint(handle: str) -> int:
    """Which of the six tints stands for a profile without a picture; always the same one."""
    return crc32(handle.encode()) % TINTS


def linkify(text: str) -> Markup:
    """What someone typed, escaped, with its handles, tags and addresses as links."""
    return link_text(
        text,
        mention_url=lambda handle: f"/@{quote(handle)}",
        tag_url=lambda word: f"/search?q=%23{quote(word)}",
    )


FILTERS = {
    "money": money,
    "number": number,
    "ago": ago,
    "country": country,
    "date": date,
    "file_size": file_size,
    "day": day,
    "moment": moment,
    "called": called,
    "initials": initials,
    "linkify": linkify,
    "percent": percent,
    "tax_mention": tax_mention,
    "span": span,
    "tint": tint,
    "whole_date": whole_date,
}
