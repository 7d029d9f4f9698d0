package io.songe.data.compose;

import java.util.Optional;

/**
 * A subject as it appears in a picture.
 *
 * @param subject what it is
 * @param tint the colour that it was given, if any
 */
record Actor(Subject subject, Optional<Tint> tint) {}
