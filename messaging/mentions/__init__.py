"""Whom a post mentions (semantics §10.1).

``text`` finds the words, ``matching`` holds them against what people want to hear of,
``wishes`` keeps that for each channel, ``people`` asks the database who is meant.
"""
