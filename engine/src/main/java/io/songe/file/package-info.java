/**
 * Files as such, whatever is in them: written wholly or not at all by {@link
 * io.songe.file.AtomicFile}, and called in messages by {@link io.songe.file.FileLabel}.
 */
@NullMarked
package io.songe.file;

import org.jspecify.annotations.NullMarked;
