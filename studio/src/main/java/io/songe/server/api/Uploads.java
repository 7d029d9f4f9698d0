package io.songe.server.api;

import io.javalin.http.Context;
import io.songe.error.InvalidRequestException;
import io.songe.pictures.PictureUpload;
import io.songe.server.HttpFailure;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Files that are sent, as the body itself or as parts of a form. */
final class Uploads {
  /** In one request. */
  static final int MOST_FILES = 50;

  private static final int MOST_BYTES = PictureUpload.USUAL.bytes();

  private Uploads() {}

  /** A file that was sent. */
  static final class Sent {
    private final String name;
    private final byte[] bytes;

    private Sent(String name, byte[] bytes) {
      this.name = name;
      this.bytes = bytes;
    }

    /** {@return what it is called, without folders; may be empty} */
    String name() {
      return name;
    }

    /** {@return the whole file} */
    byte[] bytes() {
      return bytes;
    }

    /**
     * {@return the picture in it}
     *
     * @throws HttpFailure if it is none
     */
    PictureUpload picture() {
      try {
        return PictureUpload.read(bytes);
      } catch (InvalidRequestException refused) {
        throw Refused.field("file", String.valueOf(refused.getMessage()));
      }
    }
  }

  /** {@return the one file of a request} */
  static Sent file(Context context) throws IOException, ServletException {
    List<Sent> files = files(context);
    if (files.size() != 1) {
      throw Refused.field("file", "one file is taken, got " + files.size());
    }
    return files.getFirst();
  }

  /** {@return the files of a request: the parts called {@code file}, or the body} */
  static List<Sent> files(Context context) throws IOException, ServletException {
    if (!context.isMultipartFormData()) {
      try (InputStream in = context.bodyInputStream()) {
        return List.of(new Sent("", read(in)));
      }
    }
    List<Part> parts =
        parts(context).stream().filter(part -> part.getName().equals("file")).toList();
    if (parts.isEmpty() || parts.size() > MOST_FILES) {
      throw Refused.field(
          "file", "from 1 to %d files are taken, got %d".formatted(MOST_FILES, parts.size()));
    }
    List<Sent> files = new ArrayList<>();
    for (Part part : parts) {
      try (InputStream in = part.getInputStream()) {
        files.add(new Sent(fileName(part), read(in)));
      }
    }
    return files;
  }

  private static byte[] read(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw Refused.tooLarge("a picture's file has at most " + MOST_BYTES + " bytes");
    }
    return bytes;
  }

  /** {@return a part of a form, which is on the disk if it is large} */
  static Part part(Context context, String name) throws IOException, ServletException {
    if (!context.isMultipartFormData()) {
      throw Refused.kind("a file is sent here as multipart/form-data, in a part called " + name);
    }
    return parts(context).stream()
        .filter(part -> part.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> Refused.field(name, "the form has no part called " + name));
  }

  /** Javalin tells Jetty how much of a form may be in memory when a file of it is asked for. */
  private static Collection<Part> parts(Context context) throws IOException, ServletException {
    context.uploadedFiles();
    return context.req().getParts();
  }

  /** {@return what a part's file is called, without folders; empty if it has no name} */
  static String fileName(Part part) {
    String name = Optional.ofNullable(part.getSubmittedFileName()).orElse("");
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  }

  /** Removes a folder with all in it. */
  static void remove(Path folder) throws IOException {
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
