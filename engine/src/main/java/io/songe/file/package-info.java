/** Files that are written wholly or not at all: {@link io.songe.file.AtomicFile}. */
@NullMarked
package io.songe.file;

import org.jspecify.annotations.NullMarked;
