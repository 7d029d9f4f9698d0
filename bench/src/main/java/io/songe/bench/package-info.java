/**
 * Speed and memory. {@link io.songe.bench.SideBySide} draws the same picture with Songe and with
 * peers in one run and prints ratios; the JMH classes time single operations; {@link
 * io.songe.bench.GalleryTimes} searches a large gallery. Nothing here is part of the tests.
 */
@NullMarked
package io.songe.bench;

import org.jspecify.annotations.NullMarked;
