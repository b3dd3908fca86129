"""The scripted demonstration: the whole main job through the real window."""
