/**
 * Contracts that networks fulfil for a pipeline: {@link io.songe.model.TextEncoder} turns token ids
 * into features. The architectures are in the packages below, one each; they do not know one
 * another. No file names, no published configuration keys: those are {@code io.songe.checkpoint}'s.
 */
@NullMarked
package io.songe.model;

import org.jspecify.annotations.NullMarked;
