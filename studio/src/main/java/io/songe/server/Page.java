package io.songe.server;

import io.javalin.http.Context;
import io.javalin.http.staticfiles.ResourceHandler;
import io.javalin.http.staticfiles.StaticFileConfig;
import io.javalin.security.RouteRole;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * The files of the page, out of the program's own jar: each is read, compressed and fingerprinted
 * when it is first asked for.
 */
final class Page implements ResourceHandler {
  private static final String FOLDER = "/io/songe/page";
  private static final Pattern NAME =
      Pattern.compile("(/[A-Za-z0-9_@][A-Za-z0-9_@.-]*)+\\.[a-z0-9]+");

  /** A file whose name says its version never changes. */
  private static final Pattern VERSIONED = Pattern.compile(".*[-.@][0-9]+\\.[0-9]+\\.[0-9]+.*");

  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", SCRIPT),
          Map.entry("mjs", SCRIPT),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("webp", "image/webp"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("md", TEXT),
          Map.entry("txt", TEXT));

  /** Whose bytes hardly get fewer. */
  private static final Set<String> COMPRESSED = Set.of("png", "webp", "woff2");

  /** A file as it is sent. */
  private static final class Content {
    private final String type;
    private final byte[] plain;
    private final byte[] compressed;
    private final String tag;

    Content(String type, byte[] plain, byte[] compressed, String tag) {
      this.type = type;
      this.plain = plain;
      this.compressed = compressed;
      this.tag = tag;
    }
  }

  private final Map<String, Content> contents = new ConcurrentHashMap<>();

  @Override
  public boolean canHandle(Context context) {
    return content(path(context)).isPresent();
  }

  @Override
  public boolean handle(Context context) {
    String path = path(context);
    Optional<Content> content = content(path);
    content.ifPresent(file -> send(context, path, file));
    return content.isPresent();
  }

  private static void send(Context context, String path, Content file) {
    context.header("ETag", file.tag);
    context.header("Vary", "Accept-Encoding");
    context.header("Cache-Control", cacheControl(path));
    if (String.valueOf(context.header("If-None-Match")).contains(file.tag)) {
      context.status(304);
      return;
    }
    boolean smaller =
        file.compressed.length > 0
            && String.valueOf(context.header("Accept-Encoding"))
                .toLowerCase(Locale.ROOT)
                .contains("gzip");
    context.disableCompression();
    context.contentType(file.type);
    if (smaller) {
      context.header("Content-Encoding", "gzip");
    }
    context.result(smaller ? file.compressed : file.plain);
  }

  /** Others are asked for again each time, and answered with nothing while they are the same. */
  static String cacheControl(String path) {
    return VERSIONED.matcher(path).matches() ? "public, max-age=31536000, immutable" : "no-cache";
  }

  private static String path(Context context) {
    return context.path().equals("/") ? "/index.html" : context.path();
  }

  private Optional<Content> content(String path) {
    Content known = contents.get(path);
    if (known != null) {
      return Optional.of(known);
    }
    String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
    if (type == null || !NAME.matcher(path).matches()) {
      return Optional.empty();
    }
    try (InputStream in = Page.class.getResourceAsStream(FOLDER + path)) {
      if (in == null) {
        return Optional.empty();
      }
      Content content = read(path, type, in.readAllBytes());
      contents.put(path, content);
      return Optional.of(content);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Content read(String path, String type, byte[] plain) throws IOException {
    boolean shrinks = !COMPRESSED.contains(path.substring(path.lastIndexOf('.') + 1));
    return new Content(type, plain, shrinks ? gzip(plain) : new byte[0], tag(plain));
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.size() < plain.length ? out.toByteArray() : new byte[0];
  }

  private static String tag(byte[] plain) {
    try {
      byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(plain);
      return '"' + HexFormat.of().formatHex(sha256, 0, 12) + '"';
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  @Override
  public boolean addStaticFileConfig(StaticFileConfig config) {
    return false;
  }

  @Override
  public Set<RouteRole> resourceRouteRoles(Context context) {
    return Set.of();
  }
}
