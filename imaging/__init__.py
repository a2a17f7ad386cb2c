"""A DICOM archive that runs alone (`python -m imaging`) or as two sub-apps of telemed.

Composition is two calls, from `imaging.archive` and `imaging.apps`::

    async with open_archive(data_dir, publish=publish) as archive:
        mounts = build_apps(archive, authenticate)   # {"/dicomweb": app, "/imaging": app}

`publish(event)` takes an `imaging.outbox.Event` and returns once somebody else has stored it.
`authenticate(request)` returns the request's `imaging.actor.Actor`, or None, which is refused: nothing is
open to all. This file imports nothing, so that worker processes start fast.
"""
