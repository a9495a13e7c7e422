"""The words that the map of a sketch says by itself, in the browser."""

from __future__ import annotations

from parcels.messages import messages

_TOPIC = "sketch_map."


def sketch_texts(lang: str) -> dict[str, str]:
    """Return every sentence for ``texts`` of ``Scene.sketch``; placeholders are left to the map."""
    return {
        key.removeprefix(_TOPIC): sentence
        for key, sentence in messages(lang).items()
        if key.startswith(_TOPIC)
    }
