/**
 * The parts put together: {@link io.songe.studio.Studio} opens a folder with its queue, its gallery
 * and its models, and starts the worker. Servers and commands are its doors.
 */
@NullMarked
package io.songe.studio;

import org.jspecify.annotations.NullMarked;
