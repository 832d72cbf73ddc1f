from django.db import migrations, models

# How a word sounds in French, roughly: what is written in several ways is written in one. Capitals
# stand for sounds of more than one letter.
STEPS = (
    ("ph", "f"),
    ("sch|sh|ch", "C"),
    ("h", ""),
    ("gu(?=[eiy])", "G"),
    ("ge(?=[aou])|g(?=[eiy])", "j"),
    ("G", "g"),
    ("c(?=[eiy])|z", "s"),
    ("qu|ck|q|c", "k"),
    ("y", "i"),
    ("(?:ain|ein|in|aim|im)(?![aeiouynm])", "I"),
    ("(?:an|en|am|em)(?![aeiouynm])", "A"),
    ("eau|au", "o"),
    ("ai|ei|oe", "e"),
    (r"(.)\1+", r"\1"),
    ("([tpd][sx]?|e?[sx]|e)$", ""),
)


def _sounding() -> str:
    said = "word"
    for written, heard in STEPS:
        said = f"regexp_replace({said}, '{written}', '{heard}', 'g')"
    return said


SOUND = f"""
CREATE FUNCTION discovery_sound(word text) RETURNS text IMMUTABLE PARALLEL SAFE LANGUAGE sql
RETURN {_sounding()};
"""


def _heard() -> models.GeneratedField:
    said = models.Func(models.F("word"), function="discovery_sound")
    return models.GeneratedField(expression=said, output_field=models.TextField(), db_persist=True)


class Migration(migrations.Migration):
    """Words that sound alike are found by it."""

    dependencies = [
        ("discovery", "0012_signals_read_from_their_index"),
    ]

    operations = [
        migrations.RunSQL(SOUND, "DROP FUNCTION discovery_sound"),
        migrations.AddField("word", "sound", _heard()),
        migrations.AddField("spelling", "sound", _heard()),
        migrations.AddIndex("word", models.Index(fields=["sound"], name="word_sound")),
        migrations.AddIndex("spelling", models.Index(fields=["kind", "sound"], name="spelling_sound")),
    ]
