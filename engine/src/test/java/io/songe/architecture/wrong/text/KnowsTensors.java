package io.songe.architecture.wrong.text;

import io.songe.architecture.wrong.tensor.Numbers;

/** Wrong: text uses no other package. */
public record KnowsTensors(Numbers ids) {}
