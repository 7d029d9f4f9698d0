/**
 * The command line: one class per command, each a thin layer over the engine. Only this package
 * prints to the standard streams and ends the process, with an {@link io.songe.cli.ExitCode}. A
 * command reaches what is around it through {@link io.songe.cli.Surroundings} alone, and checks all
 * that can be checked before it begins to work. What a terminal can show is in {@link
 * io.songe.cli.terminal}, the words in two languages in {@link io.songe.cli.messages}. Read {@link
 * io.songe.cli.Main} first, then {@link io.songe.cli.ImagineCommand}.
 */
@NullMarked
package io.songe.cli;

import org.jspecify.annotations.NullMarked;
