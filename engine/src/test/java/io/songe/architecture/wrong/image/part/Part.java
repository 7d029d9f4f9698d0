package io.songe.architecture.wrong.image.part;

import io.songe.architecture.wrong.image.Whole;

/** Wrong: a part that points back at its owner closes a cycle. */
public record Part(Whole owner) {}
