/**
 * What holds for the whole house: who may use whom. The table is in {@link
 * io.songe.ArchitectureTest}; the deliberately wrong classes below {@code
 * io.songe.architecture.wrong} prove that its rules can fail.
 */
@NullMarked
package io.songe;

import org.jspecify.annotations.NullMarked;
