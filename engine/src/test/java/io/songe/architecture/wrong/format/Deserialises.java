package io.songe.architecture.wrong.format;

import java.io.ObjectInputStream;

/** Wrong: such a stream may run code of its sender's choice. */
public record Deserialises(ObjectInputStream stream) {}
