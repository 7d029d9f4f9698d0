package io.songe.server.openai;

import io.songe.file.FileLabel;
import io.songe.server.Fields;
import io.songe.server.HttpFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Blocker;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A form as multipart/form-data, RFC 7578.
 *
 * @param texts by their names
 * @param files by their names, several where a name is repeated; {@code image[]} and {@code
 *     image[0]} count as {@code image}
 */
record Form(Map<String, String> texts, Map<String, List<byte[]>> files) {
  private static final int MOST_PARTS = 64;
  private static final int MOST_HEADER_BYTES = 4096;
  private static final int LONGEST_BOUNDARY = 70;
  private static final Set<String> FILES = Set.of("image", "mask");

  /**
   * Takes a form apart.
   *
   * @param contentType with the boundary
   * @param body of the request
   */
  static Form parse(String contentType, byte[] body) {
    String boundary = MultiPart.extractBoundary(contentType);
    if (boundary == null || boundary.isEmpty() || boundary.length() > LONGEST_BOUNDARY) {
      throw Refusal.of(
          400, "the form's boundary must be said in Content-Type, with 1 to 70 characters");
    }
    var parser = new MultiPartFormData.Parser(boundary);
    parser.setMaxParts(MOST_PARTS);
    parser.setPartHeadersMaxLength(MOST_HEADER_BYTES);
    parser.setMaxMemoryFileSize(-1); // all of it is in memory already
    Form form = new Form(new LinkedHashMap<>(), new LinkedHashMap<>());
    try (MultiPartFormData.Parts parts = parts(parser, body)) {
      for (MultiPart.Part part : parts) {
        form.add(part);
      }
    } catch (IOException broken) {
      throw broken(broken);
    }
    return form;
  }

  private static MultiPartFormData.Parts parts(MultiPartFormData.Parser parser, byte[] body) {
    Content.Source source = Content.Source.from(ByteBuffer.wrap(body));
    try {
      return Blocker.blockWithPromise(done -> parser.parse(source, done));
    } catch (IOException | RuntimeException broken) { // the parser throws what it likes
      throw broken(broken);
    }
  }

  private static HttpFailure broken(Exception broken) {
    Throwable cause = broken.getCause() == null ? broken : broken.getCause();
    return Refusal.of(
        400, "the form is broken: " + FileLabel.shorten(String.valueOf(cause.getMessage())));
  }

  private void add(MultiPart.Part part) throws IOException {
    String name = part.getName();
    if (name == null) {
      throw Refusal.of(400, "each part of the form needs a name in its Content-Disposition");
    }
    String plain = name.replaceFirst("\\[\\d*]$", "");
    if (FILES.contains(plain)) {
      try (InputStream in = Content.Source.asInputStream(part.createContentSource())) {
        files.computeIfAbsent(plain, _ -> new ArrayList<>()).add(in.readAllBytes());
      }
      return;
    }
    if (texts.put(name, part.getContentAsString(StandardCharsets.UTF_8)) != null) {
      throw Refusal.ofField(name, "%s is given twice".formatted(FileLabel.quote(name)));
    }
  }

  /** {@return the fields other than files} */
  Fields fields() {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    texts.forEach(object::put);
    return Fields.of(object, new Written.AsForm());
  }

  /** {@return the files of a name, none if there are none} */
  List<byte[]> files(String name) {
    return files.getOrDefault(name, List.of());
  }
}
