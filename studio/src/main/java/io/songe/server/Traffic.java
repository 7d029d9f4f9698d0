package io.songe.server;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The outermost handler: gives each request a name and each answer the headers that keep browsers
 * from doing more with it than show it, and counts.
 */
final class Traffic extends Handler.Wrapper {
  static final String REQUEST_ID = "io.songe.request";

  /** Lit sets attributes of style; style elements and scripts come from files of ours only. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline';"
          + " img-src 'self' data: blob:; media-src 'self' data: blob:; object-src 'none';"
          + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private static final HttpFields HEADERS =
      HttpFields.build()
          .put("Content-Security-Policy", CONTENT_SECURITY_POLICY)
          .put("X-Content-Type-Options", "nosniff")
          .put("X-Frame-Options", "DENY")
          .put("Referrer-Policy", "no-referrer")
          .put(
              "Permissions-Policy",
              "camera=(), microphone=(), geolocation=(), usb=(), payment=(), display-capture=()")
          .put("Cross-Origin-Opener-Policy", "same-origin")
          .put("Cross-Origin-Resource-Policy", "same-origin")
          .asImmutable();

  private final Metrics metrics;

  Traffic(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String id = "req_" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    request.setAttribute(REQUEST_ID, id);
    protect(response);
    response.getHeaders().put("X-Request-Id", id);
    long began = System.nanoTime();
    Request.addCompletionListener(
        request,
        _ ->
            metrics.answered(
                request.getHttpURI().getPath(),
                response.getStatus(),
                isStream(response),
                System.nanoTime() - began));
    return super.handle(request, response, callback);
  }

  /** Adds the headers that every answer has. */
  static void protect(Response response) {
    HEADERS.forEach(response.getHeaders()::put);
  }

  private static boolean isStream(Response response) {
    return String.valueOf(response.getHeaders().get(HttpHeader.CONTENT_TYPE))
        .startsWith("text/event-stream");
  }
}
