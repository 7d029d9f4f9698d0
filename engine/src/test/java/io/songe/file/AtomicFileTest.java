package io.songe.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir private Path folder;

  @Test
  void replaces_a_file_of_that_name() throws IOException {
    Path target = Files.writeString(folder.resolve("a"), "old and longer");

    AtomicFile.write(target, channel -> channel.write(ByteBuffer.wrap(new byte[] {'n'})));

    assertThat(target).hasContent("n");
    assertThat(folder.toFile().list()).containsExactly("a");
  }

  @Test
  void leaves_the_older_file_and_nothing_else_when_writing_fails() throws IOException {
    Path target = Files.writeString(folder.resolve("a"), "old");

    assertThatThrownBy(() ->
            AtomicFile.write(
                target,
                channel -> {
                  channel.write(ByteBuffer.wrap(new byte[] {'n'}));
                  throw new IOException("no space left on device");
                }))
        .isInstanceOf(IOException.class);

    assertThat(target).hasContent("old");
    assertThat(folder.toFile().list()).containsExactly("a");
  }

  @Test
  void a_name_may_be_as_long_as_the_file_system_allows() throws IOException {
    Path target = folder.resolve("a".repeat(251) + ".png");

    AtomicFile.write(target, channel -> channel.write(ByteBuffer.wrap(new byte[] {'n'})));

    assertThat(target).hasContent("n");
  }
}
