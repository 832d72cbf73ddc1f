from django.db import migrations

from comptoir.common.accents import unaccented_sql

# As in ``discovery_text``, with the accents left on: how the shelves write their words.
PUNCTUATION = ".,;:!?/\\-_'\"()[]{}<>|&*+=@#$^~`%°«»…–—’“”·•"
QUOTED = PUNCTUATION.replace("'", "''")
SPELLING = f"""
CREATE FUNCTION discovery_spelling(words text) RETURNS text IMMUTABLE PARALLEL SAFE LANGUAGE sql
RETURN translate(words, '{QUOTED}', '{" " * len(PUNCTUATION)}');
CREATE FUNCTION discovery_plain(word text) RETURNS text IMMUTABLE PARALLEL SAFE LANGUAGE sql
RETURN lower({unaccented_sql("word")});
"""


class Migration(migrations.Migration):

    dependencies = [
        ('discovery', '0006_words_as_written'),
    ]

    operations = [
        migrations.RunSQL(SPELLING, 'DROP FUNCTION discovery_spelling, discovery_plain'),
    ]
