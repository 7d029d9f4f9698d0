package io.songe.format.torch;

import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;

/**
 * The bytes of a storage in a file.
 *
 * @param start where they begin in the file
 * @param bytes gives all of them: a view of the file, or a copy where they are compressed
 */
record StorageData(long start, Supplier<MemorySegment> bytes) {}
