/**
 * What a terminal can show and how to show it: a progress bar, and a picture that emerges step by
 * step. {@link io.songe.cli.terminal.Terminal} holds what the terminal says it can; {@link
 * io.songe.cli.terminal.ProgressBar} and {@link io.songe.cli.terminal.PicturePreview} write
 * accordingly. Nothing here knows a command, a model or a language beyond {@link
 * io.songe.cli.messages.Messages}. Read {@code Terminal} first.
 */
@NullMarked
package io.songe.cli.terminal;

import org.jspecify.annotations.NullMarked;
