"""What one feed may ask of us. A row beyond a limit is refused; the file goes on."""

# Characters of one row (one <item>, or one line with its quoted continuations).
MAX_ROW_CHARS = 1_000_000
# Characters of one cell of a delimited file; the csv module's own default.
MAX_CELL_CHARS = 131_072
# Physical lines that one quoted cell may run over before the quote is taken for a stray one.
MAX_ROW_LINES = 1_000
# Characters that may be read a second time after stray quotes, over the whole file.
MAX_REREAD_CHARS = 16_000_000
MAX_COLUMNS = 500
# Bytes after decompression: what a small archive may grow to.
MAX_DECODED_BYTES = 4 * 1024**3
# Where the header or the first element must be found.
HEAD_CHARS = 65_536
CHUNK_BYTES = 262_144

# What a product can hold, in characters. Longer text is cut, with a warning.
MAX_TITLE = 200
MAX_DESCRIPTION = 10_000
MAX_WORD = 100
MAX_CATEGORY = 300
# Characters of a value that are looked at, whatever its field; the rest is dropped unread, so that
# no value costs more than a bounded time.
MAX_RAW_DESCRIPTION = 60_000
MAX_RAW_LINKS = 24_000
MAX_RAW_VALUE = 2_500
# Identifiers and addresses are never cut, as half of one is another: the row or field is refused.
MAX_ID = 100
MAX_URL = 2_000
MAX_EXTRA_IMAGES = 10
# What a report quotes of a cell.
MAX_FOUND = 200
# Whole units of a currency; above it is a slip of the keyboard rather than a price.
MAX_PRICE = 100_000_000
MAX_QUANTITY = 10_000_000
# Ten tonnes.
MAX_GRAMS = 10_000_000
