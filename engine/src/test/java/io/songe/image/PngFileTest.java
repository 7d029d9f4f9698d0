package io.songe.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngFileTest {
  private static final Png PICTURE =
      new Png(Image.filled(2, 2, Colour.WHITE)).withText("Title", "été");

  @TempDir private Path folder;

  @Test
  void a_written_file_is_read_back() {
    Path file = folder.resolve("picture.png");

    PICTURE.write(file);

    assertThat(Png.read(file, PngLimits.DEFAULT)).isEqualTo(PICTURE);
    assertThat(Png.readTexts(file, PngLimits.DEFAULT)).containsExactlyEntriesOf(PICTURE.texts());
  }

  @Test
  void writing_replaces_a_file_and_leaves_nothing_beside_it() throws IOException {
    Path file = Files.writeString(folder.resolve("picture.png"), "old");

    PICTURE.write(file);

    assertThat(Files.readAllBytes(file)).isEqualTo(PICTURE.encode());
    assertThat(files()).containsExactly(file);
  }

  @Test
  void a_failure_half_way_leaves_the_old_file_and_nothing_else() throws IOException {
    Path file = Files.writeString(folder.resolve("picture.png"), "old");

    assertThatThrownBy(() ->
            PictureFile.write(
                file,
                channel -> {
                  channel.write(ByteBuffer.allocate(100_000));
                  throw new IOException("No space left on device");
                }))
        .isInstanceOf(BrokenFileException.class)
        .hasMessage(
            file
                + " cannot be written: No space left on device; is there room on the disk, and may"
                + " it be written to?");
    assertThat(file).hasContent("old");
    assertThat(files()).containsExactly(file);
  }

  @Test
  void a_folder_that_may_not_be_written_to_is_named() {
    Path file = folder.resolve("picture.png");

    assertThatThrownBy(() ->
            PictureFile.write(
                file,
                channel -> {
                  throw new AccessDeniedException("temporary name");
                }))
        .isInstanceOf(BrokenFileException.class)
        .hasMessage(
            "%s cannot be written: writing in the folder %s is not permitted; choose another or"
                + " change it",
            file, folder);
  }

  @Test
  void a_missing_folder_is_the_users_mistake() {
    Path file = folder.resolve("missing").resolve("picture.png");

    assertThatThrownBy(() -> PICTURE.write(file))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "%s cannot be written: there is no folder %s; create it first", file, file.getParent());
  }

  @Test
  void the_name_of_a_folder_is_the_users_mistake() {
    assertThatThrownBy(() -> PICTURE.write(folder))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "%s is a folder; give the name of a file in it, such as %s",
            folder, folder.resolve("picture.png"));
  }

  @Test
  void what_cannot_be_read_is_named() {
    Path missing = folder.resolve("missing.png");

    assertThatThrownBy(() -> Png.read(missing, PngLimits.DEFAULT))
        .isInstanceOf(BrokenFileException.class)
        .hasMessage(missing + ": there is no such file");
    assertThatThrownBy(() -> Png.readTexts(folder, PngLimits.DEFAULT))
        .isInstanceOf(BrokenFileException.class)
        .hasMessage(folder + ": this is a folder, not a picture");
  }

  @Test
  void a_file_beyond_the_limit_is_refused() {
    Path file = folder.resolve("picture.png");
    PICTURE.write(file);

    assertThatThrownBy(() -> Png.read(file, new PngLimits(60, 100, 100)))
        .isInstanceOf(BrokenFileException.class)
        .hasMessage(
            "%s: the file has %d bytes, more than the limit of 60; make the picture smaller",
            file, PICTURE.encode().length);
  }

  private List<Path> files() throws IOException {
    try (var listed = Files.list(folder)) {
      return listed.toList();
    }
  }
}
