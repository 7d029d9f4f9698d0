package io.songe.cli;

import io.songe.mini.SongeMini;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A copy of the bundled model that a test may damage. What it leaves alone is only linked to. */
record ModelCopy(Path folder) {
  static final String UNET = "unet/diffusion_pytorch_model.safetensors";

  /** Copies the model into a folder that is not there yet. */
  static ModelCopy in(Path folder) throws IOException {
    Path original = SongeMini.folder();
    try (Stream<Path> files = Files.walk(original)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copy = folder.resolve(original.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          link(file, copy);
        }
      }
    }
    return new ModelCopy(folder);
  }

  /** Links cost nothing, but reach neither into a jar nor to another disk. */
  private static void link(Path file, Path copy) throws IOException {
    if (!file.getFileSystem().equals(FileSystems.getDefault())) {
      Files.copy(file, copy);
      return;
    }
    try {
      Files.createLink(copy, file);
    } catch (IOException anotherDisk) {
      Files.copy(file, copy);
    }
  }

  /** Makes a file one that is only this copy's. */
  private Path own(String file) {
    Path path = folder.resolve(file);
    try {
      byte[] bytes = Files.readAllBytes(path);
      Files.delete(path);
      return Files.write(path, bytes);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  void delete(String file) throws IOException {
    Files.delete(folder.resolve(file));
  }

  void truncate(String file, long bytes) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(own(file), StandardOpenOption.WRITE)) {
      channel.truncate(bytes);
    }
  }

  void overwrite(String file, long position, byte... bytes) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(own(file), StandardOpenOption.WRITE)) {
      channel.position(position).write(ByteBuffer.wrap(bytes));
    }
  }

  void replace(String file, String part, String by) throws IOException {
    Path path = own(file);
    String text = Files.readString(path);
    if (!text.contains(part)) {
      throw new IllegalArgumentException(file + " has no " + part);
    }
    Files.writeString(path, text.replace(part, by));
  }

  /** Flips the highest bit of the exponent of a bfloat16 tensor's first number. */
  void flipExponentBit(String file, String tensor) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(file));
    int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String header = new String(bytes, 8, length, StandardCharsets.UTF_8);
    Matcher place =
        Pattern.compile(
                Pattern.quote("\"" + tensor + "\"") + ":\\{[^}]*\"data_offsets\":\\[([0-9]+),")
            .matcher(header);
    if (!place.find()) {
      throw new IllegalArgumentException(file + " has no tensor " + tensor);
    }
    int upperByte = 8 + length + Integer.parseInt(place.group(1)) + 1;
    overwrite(file, upperByte, (byte) (bytes[upperByte] ^ 0x40));
  }

  /** {@return arguments that draw with this model as quickly as can be} */
  String[] imagine(Path out) {
    return List.of(
            "imagine",
            "x",
            "--model",
            folder.toString(),
            "--out",
            out.toString(),
            "--size",
            "64",
            "--steps",
            "2",
            "--precision",
            "fp32")
        .toArray(String[]::new);
  }
}
