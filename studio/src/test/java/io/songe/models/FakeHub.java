package io.songe.models;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A server on this machine that answers as a hub does: descriptions under {@code /api/models/},
 * small files directly, large ones by a redirection to another path. It can be told to break off,
 * to lie, and to refuse.
 */
final class FakeHub implements AutoCloseable {
  static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  /** From this size on files are kept apart, as large files are. */
  private static final int LARGE = 1000;

  private final HttpServer server;
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final Map<String, byte[]> lies = new LinkedHashMap<>();
  private final Deque<Integer> cuts = new ArrayDeque<>();
  private final Deque<Integer> refusals = new ArrayDeque<>();

  /** One line for each request: path, range and who asked. */
  final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  String card = "\"license\": \"apache-2.0\"";
  boolean givesParts = true;
  long served;

  FakeHub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  FakeHub with(String path, byte[] content) {
    files.put(path, content);
    return this;
  }

  FakeHub with(String path, String content) {
    return with(path, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Serves other bytes than it describes. */
  FakeHub lyingAbout(String path, byte[] content) {
    lies.put(path, content);
    return this;
  }

  /** Breaks the next answers with large files off after so many bytes of each. */
  FakeHub breakingOffAfter(Integer... bytes) {
    cuts.addAll(Arrays.asList(bytes));
    return this;
  }

  void notBreakingOff() {
    cuts.clear();
  }

  /** Answers the next requests for files with these. */
  FakeHub refusing(Integer... statuses) {
    refusals.addAll(Arrays.asList(statuses));
    return this;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      requests.add(
          "%s %s %s"
              .formatted(
                  path,
                  exchange.getRequestHeaders().getOrDefault("Range", List.of("-")).getFirst(),
                  exchange
                      .getRequestHeaders()
                      .getOrDefault("Authorization", List.of("-"))
                      .getFirst()));
      if (!refusals.isEmpty()) {
        exchange.getResponseHeaders().add("Retry-After", "30");
        exchange.sendResponseHeaders(refusals.remove(), -1);
      } else if (path.equals("/api/models/some/model/revision/main")) {
        send(exchange, description().getBytes(StandardCharsets.UTF_8));
      } else if (path.startsWith("/some/model/resolve/" + COMMIT + "/")) {
        file(exchange, path.substring(("/some/model/resolve/" + COMMIT + "/").length()));
      } else if (path.startsWith("/kept/")) {
        content(exchange, path.substring("/kept/".length()));
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private void file(HttpExchange exchange, String path) throws IOException {
    if (!files.containsKey(path)) {
      exchange.sendResponseHeaders(404, -1);
    } else if (length(path) < LARGE) {
      content(exchange, path);
    } else {
      exchange
          .getResponseHeaders()
          .add("Location", "http://localhost:" + server.getAddress().getPort() + "/kept/" + path);
      exchange.sendResponseHeaders(302, -1);
    }
  }

  private int length(String path) {
    return Objects.requireNonNull(files.get(path), path).length;
  }

  private void content(HttpExchange exchange, String path) throws IOException {
    byte[] all = Objects.requireNonNull(lies.getOrDefault(path, files.get(path)), path);
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from =
        range == null || !givesParts
            ? 0
            : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    byte[] rest = Arrays.copyOfRange(all, from, all.length);
    int count = cuts.isEmpty() ? rest.length : Math.min(cuts.remove(), rest.length);
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, rest.length == 0 ? -1 : rest.length);
    served += count;
    OutputStream body = exchange.getResponseBody();
    body.write(rest, 0, count);
    body.flush(); // closing the exchange now, too early, breaks the connection off
  }

  private static void send(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private String description() {
    String siblings =
        files.entrySet().stream()
            .map(file -> sibling(file.getKey(), file.getValue()))
            .collect(Collectors.joining(", "));
    return "{\"id\": \"some/model\", \"sha\": \"%s\", \"cardData\": {%s}, \"siblings\": [%s]}"
        .formatted(COMMIT, card, siblings);
  }

  private static String sibling(String path, byte[] content) {
    String large =
        content.length < LARGE
            ? ""
            : ", \"lfs\": {\"sha256\": \"%s\", \"size\": %d}"
                .formatted(hash("SHA-256", content), content.length);
    byte[] blob =
        concat(("blob " + content.length + "\0").getBytes(StandardCharsets.UTF_8), content);
    return "{\"rfilename\": \"%s\", \"size\": %d, \"blobId\": \"%s\"%s}"
        .formatted(path, content.length, hash("SHA-1", blob), large);
  }

  private static byte[] concat(byte[] head, byte[] tail) {
    byte[] both = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, both, head.length, tail.length);
    return both;
  }

  static String hash(String algorithm, byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
    } catch (NoSuchAlgorithmException missing) {
      throw new UncheckedIOException(new IOException(missing));
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
