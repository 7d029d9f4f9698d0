package io.songe.models;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/**
 * A place where models are published, spoken to by the interface that Hugging Face published: what
 * a model holds is told under {@code /api/models/}, and its files are given, whole or from some
 * byte on, under {@code /resolve/}. Redirections are followed, up to a few; the token goes to the
 * hub alone, never to where it redirects, and never over a connection that others could read.
 */
public final class Hub implements AutoCloseable {
  /** The hub that is asked where no other is named. */
  public static final URI USUAL = URI.create("https://huggingface.co");

  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERRORS = 500;
  private static final int MOST_REDIRECTIONS = 5;
  private static final int LARGEST_DESCRIPTION = 16 << 20;
  private static final Duration TO_CONNECT = Duration.ofSeconds(20);
  private static final Duration TO_ANSWER = Duration.ofSeconds(60);

  private final URI endpoint;
  private final Optional<String> token;
  private final HttpClient client;

  /**
   * A hub; nothing is sent yet.
   *
   * @param endpoint its address, without what follows the host and port
   * @param token proves who asks; empty to ask as anybody
   * @throws InvalidRequestException if the address is none
   */
  public Hub(URI endpoint, Optional<String> token) {
    boolean web = "https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme());
    if (!web || endpoint.getHost() == null) {
      throw new InvalidRequestException(
          "a hub's address begins with https:// and has a host, got %s"
              .formatted(FileLabel.quote(endpoint.toString())));
    }
    this.endpoint = endpoint;
    this.token = token.filter(secret -> !secret.isBlank()).map(String::strip);
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(TO_CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * Asks what a model holds.
   *
   * @param id what it is called
   * @param revision a branch, a tag or a commit
   * @return the model as it is now
   * @throws InvalidRequestException if there is no such model, or it is not given to who asks
   * @throws BrokenFileException if the answer cannot be understood
   * @throws HubUnavailableException if there is no answer
   */
  public HubModel describe(HubId id, String revision) {
    URI address = address("/api/models/" + id + "/revision/" + escaped(revision) + "?blobs=true");
    String what = "%s at revision %s".formatted(id, FileLabel.quote(revision));
    try {
      HttpResponse<InputStream> answer = send(address, 0);
      try (InputStream body = answer.body()) {
        requireGiven(answer, what);
        byte[] json = body.readNBytes(LARGEST_DESCRIPTION);
        return HubModelJson.read(json, id, address("/" + id));
      }
    } catch (IOException failure) {
      throw unreachable(failure);
    }
  }

  /**
   * Opens one of a model's files.
   *
   * @param model it belongs to
   * @param file which
   * @param from the first byte wanted
   * @return the content, and from which byte on: 0 where the hub gives no parts
   * @throws IOException if the connection broke off, or the hub has trouble of its own
   * @throws InvalidRequestException if the file is not given to who asks
   * @throws HubUnavailableException if the hub wants to be left alone
   */
  Content open(HubModel model, HubFile file, long from) throws IOException {
    URI address =
        address("/" + model.id() + "/resolve/" + model.commit() + "/" + escaped(file.path()));
    HttpResponse<InputStream> answer = send(address, from);
    boolean opened = false;
    try {
      if (answer.statusCode() >= SERVER_ERRORS) {
        throw new IOException("the hub answered " + answer.statusCode());
      }
      requireGiven(answer, file.path() + " of " + model.id());
      opened = true;
      return new Content(answer.body(), answer.statusCode() == PARTIAL ? from : 0);
    } finally {
      if (!opened) {
        answer.body().close();
      }
    }
  }

  /**
   * The bytes of a file, to be closed.
   *
   * @param bytes to be read
   * @param from the number of bytes that they leave out
   */
  record Content(InputStream bytes, long from) {}

  private HttpResponse<InputStream> send(URI address, long from) throws IOException {
    URI next = address;
    for (int redirections = 0; redirections <= MOST_REDIRECTIONS; redirections++) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(next).timeout(TO_ANSWER).header("User-Agent", "songe");
      if (from > 0) {
        request.header("Range", "bytes=" + from + "-");
      }
      if (maySeeToken(next)) {
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
      }
      HttpResponse<InputStream> answer = answer(request.build());
      Optional<String> location = answer.headers().firstValue("Location");
      if (answer.statusCode() / 100 != 3 || location.isEmpty()) {
        return answer;
      }
      answer.body().close();
      next = redirected(next, location.get());
    }
    throw new IOException("the hub redirects in circles");
  }

  private HttpResponse<InputStream> answer(HttpRequest request) throws IOException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException interrupted) {
      CancellationException cancelled = new CancellationException("interrupted while waiting");
      cancelled.initCause(interrupted);
      throw cancelled;
    }
  }

  private static URI redirected(URI from, String location) throws IOException {
    URI to;
    try {
      to = from.resolve(location);
    } catch (IllegalArgumentException garbled) {
      throw new IOException("the hub redirects to no address", garbled);
    }
    boolean asSafe = "https".equals(to.getScheme()) || from.getScheme().equals(to.getScheme());
    if (to.getHost() == null || !asSafe) {
      throw new IOException("the hub redirects to an unsafe address");
    }
    return to;
  }

  private boolean maySeeToken(URI address) {
    boolean ours =
        endpoint.getScheme().equals(address.getScheme())
            && endpoint.getHost().equals(address.getHost())
            && endpoint.getPort() == address.getPort();
    boolean here = "127.0.0.1".equals(address.getHost()) || "localhost".equals(address.getHost());
    return ours && (here || "https".equals(address.getScheme()));
  }

  private void requireGiven(HttpResponse<?> answer, String what) {
    int status = answer.statusCode();
    switch (status) {
      case OK, PARTIAL -> {}
      case 401, 403 ->
          throw new InvalidRequestException(
              "the hub does not give %s to %s (%d); ask its authors on %s, then set HF_TOKEN to a token of yours"
                  .formatted(
                      what, token.isPresent() ? "your token" : "just anybody", status, endpoint));
      case 404 ->
          throw new InvalidRequestException(
              "the hub has no %s (404); check the name, and HF_TOKEN if it is not public"
                  .formatted(what));
      case TOO_MANY ->
          throw new HubUnavailableException(
              "the hub has been asked too often (429); try again %s, what was fetched is kept"
                  .formatted(
                      answer
                          .headers()
                          .firstValue("Retry-After")
                          .filter(after -> after.matches("[0-9]{1,6}"))
                          .map(seconds -> "in " + seconds + " seconds")
                          .orElse("later")));
      default ->
          throw new HubUnavailableException(
              "the hub answered %d when asked for %s; try again later".formatted(status, what));
    }
  }

  private HubUnavailableException unreachable(IOException failure) {
    String reason =
        failure instanceof ConnectException ? "no connection" : FileLabel.reason(failure);
    return new HubUnavailableException(
        "%s cannot be reached (%s); check the network and try again"
            .formatted(endpoint.getAuthority(), reason),
        failure);
  }

  private URI address(String path) {
    return URI.create(endpoint.toString().replaceFirst("/+$", "") + path);
  }

  /** Slashes stay; everything that is not plain is written in hexadecimal digits. */
  private static String escaped(String path) {
    return Arrays.stream(path.split("/", -1))
        .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/"));
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
