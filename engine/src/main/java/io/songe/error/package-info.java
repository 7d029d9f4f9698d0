/**
 * The three ways in which a run can fail, kept apart because their readers differ: {@link
 * io.songe.error.InvalidRequestException} is the user's mistake, {@link
 * io.songe.error.BrokenFileException} a file that cannot be used, {@link
 * io.songe.error.EngineException} a defect of Songe itself. Every message says what was wrong, the
 * value, and what to do; only the last is shown with a stack trace.
 */
@NullMarked
package io.songe.error;

import org.jspecify.annotations.NullMarked;
