/**
 * The command line: one class per command, each a thin layer over the engine. Only this package
 * prints to the standard streams and ends the process. What a terminal can show is in {@link
 * io.songe.cli.terminal}, the words in two languages in {@link io.songe.cli.messages}. Read {@link
 * io.songe.cli.Main} first.
 */
@NullMarked
package io.songe.cli;

import org.jspecify.annotations.NullMarked;
