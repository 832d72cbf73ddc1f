"""Django set up by being imported: before what needs it, as the alphabet has it."""

import os

import django

from comptoir.config.interpreter import loading

loading()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comptoir.config.settings")

django.setup()
