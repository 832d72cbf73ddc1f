"""Django set up by being imported: before what needs it, as the alphabet has it."""

import django

django.setup()
