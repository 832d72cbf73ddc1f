"""The demo place: a small town that is fiction, drawn and written by the project itself.

`town` reads it from the data files, `drawing` makes its pictures, `load` brings it in through the
services that the site uses. No page knows it.
"""
