"""The rim: files, streams, processes, terminals. Only here and in ``cli`` is anything touched."""
