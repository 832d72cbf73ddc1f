"""The ranking live: a snapshot that every process maps, what changed since, and compiled kernels.

The same arithmetic as ``discovery.ranking``, for one viewer at a time, within the rights of that
viewer: an act is read only by those who may know of it.
"""
