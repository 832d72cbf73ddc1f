"""The shape of a mail about an order, in text and HTML. Its words are in ``mails``."""

from dataclasses import dataclass, field

from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _
from jinja2 import Environment


@dataclass(frozen=True, slots=True)
class Letter:
    """Sentences, rows (what, how much) with the last one as their sum, and one link."""

    language: str
    subject: str
    greeting: str
    sentences: list[str]
    link: str
    link_text: str
    rows: list[tuple[str, str]] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)

    def entry(self, what: str, value: str) -> str:
        """ "Total: €31.70", or «Total : 31,70 €» with the space that French puts there."""
        return _("%(what)s: %(value)s") % {"what": what, "value": value}

    def send(self, to: list[str]) -> None:
        """Hands it to Django's mail backend, which queues it in the current transaction."""
        message = EmailMultiAlternatives(self.subject, TEXT.render(letter=self), to=to)
        message.attach_alternative(HTML.render(letter=self), "text/html")
        message.send()


TEXT = Environment(trim_blocks=True, lstrip_blocks=True).from_string(  # noqa: S701 (plain text)
    """\
{{ letter.greeting }}

{% for sentence in letter.sentences %}
{{ sentence }}

{% endfor %}
{% for what, amount in letter.rows %}
{{ letter.entry(what, amount) }}
{% endfor %}

{{ letter.entry(letter.link_text, letter.link) }}
{% for sentence in letter.closing %}

{{ sentence }}
{% endfor %}
"""
)

# Mail programs know no style sheet: what little style there is stands in the elements.
HTML = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    """\
<!doctype html>
<html lang="{{ letter.language }}">
<head><meta charset="utf-8"><title>{{ letter.subject }}</title></head>
<body style="margin:0;background:#fbf8f3;color:#1f1b16;font:16px/1.5 sans-serif">
<div style="max-width:36em;margin:0 auto;padding:24px">
<p>{{ letter.greeting }}</p>
{% for sentence in letter.sentences %}
<p>{{ sentence }}</p>
{% endfor %}
{% if letter.rows %}
<table style="width:100%;border-collapse:collapse">
{% for what, amount in letter.rows %}
<tr{% if loop.last %} style="font-weight:bold"{% endif %}>
<td style="padding:6px 0;border-top:1px solid #e7dfd3">{{ what }}</td>
<td style="padding:6px 0;border-top:1px solid #e7dfd3;text-align:right">{{ amount }}</td></tr>
{% endfor %}
</table>
{% endif %}
<p><a href="{{ letter.link }}" style="color:#b83a2c">{{ letter.link_text }}</a></p>
{% for sentence in letter.closing %}
<p style="color:#5c544a">{{ sentence }}</p>
{% endfor %}
</div>
</body>
</html>
"""
)
