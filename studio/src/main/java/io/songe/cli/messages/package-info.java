/**
 * What the command line says, in English and in French, as typed methods of {@link
 * io.songe.cli.messages.Messages}. The sentences are in {@code Messages.properties} and {@code
 * Messages_fr.properties}; help texts are there too, under the keys that picocli looks up. What the
 * engine's exceptions say is not here: it is English.
 */
@NullMarked
package io.songe.cli.messages;

import org.jspecify.annotations.NullMarked;
