/**
 * What can be seen of how a picture comes about: noise, looks at it, steps, latents; and the
 * figures in which that is laid out. Each class shows one idea, and asks the engine for it as any
 * program could. Words are handed in; files, options and languages are the command line's business.
 * Read {@link io.songe.explain.Moment} first.
 */
@NullMarked
package io.songe.explain;

import org.jspecify.annotations.NullMarked;
