"""The user guide: `docs/guide/*.md`, read once per process into blocks that a template places, and where each page's help stands in it."""
