package io.songe.server;

import java.util.function.ToLongFunction;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Gives a door no more of a body than is allowed, whether its length was announced or not.
 *
 * <p>Whoever is refused is often still sending, and a connection closed on it loses the answer. So
 * what a door leaves of a body is read and dropped after the answer, up to a limit; only beyond
 * that is the connection closed at once (RFC 9112, section 9.6).
 */
final class BodyLimit extends Handler.Wrapper {
  private static final String TOO_LONG = "the body is longer than this server takes";

  private final ToLongFunction<String> mostBytes;
  private final long mostDropped;

  /**
   * A limit.
   *
   * @param mostBytes of a body, by the path it is sent to
   * @param mostDropped how many bytes of a body are read after its answer
   */
  BodyLimit(ToLongFunction<String> mostBytes, long mostDropped) {
    this.mostBytes = mostBytes;
    this.mostDropped = mostDropped;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    long most = mostBytes.applyAsLong(request.getHttpURI().getPath());
    long announced = request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
    Counted counted = new Counted(request, response, announced > most ? 0 : most);
    return super.handle(
        counted,
        response,
        Callback.from(() -> counted.dropTheRest(mostDropped, callback), callback::failed));
  }

  /** One that is announced too long fails at its first byte, so that its door can answer. */
  private static final class Counted extends Request.Wrapper {
    private final Response response;
    private long left;
    private boolean refused;

    Counted(Request request, Response response, long most) {
      super(request);
      this.response = response;
      this.left = most;
    }

    @Override
    public Content.@Nullable Chunk read() {
      if (refused) {
        return refusal();
      }
      Content.Chunk chunk = super.read();
      if (chunk == null || Content.Chunk.isFailure(chunk)) {
        return chunk;
      }
      left -= chunk.remaining();
      if (left >= 0) {
        return chunk;
      }
      chunk.release();
      refuse();
      return refusal();
    }

    /** Says that no more requests are taken on this connection, while it can still be said. */
    private void refuse() {
      refused = true;
      if (!response.isCommitted()) {
        response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
      }
    }

    private static Content.Chunk refusal() {
      return Content.Chunk.from(new HttpException.RuntimeException(413, TOO_LONG), true);
    }

    /** What has come so far; what is still to come is dropped after the answer, not cut off. */
    @Override
    public boolean consumeAvailable() {
      Content.Chunk chunk = read();
      while (chunk != null && !chunk.isLast()) {
        chunk.release();
        chunk = read();
      }
      if (chunk == null) {
        return false;
      }
      chunk.release();
      return !Content.Chunk.isFailure(chunk);
    }

    private void dropTheRest(long most, Callback end) {
      refused = false;
      left = most;
      Content.Source.consumeAll(this, Callback.from(end::succeeded, tooMuch -> end.succeeded()));
    }
  }
}
