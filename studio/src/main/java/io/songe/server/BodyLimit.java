package io.songe.server;

import java.util.function.ToLongFunction;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Reads no more of a body than is allowed, whether its length was announced or not. */
final class BodyLimit extends Handler.Wrapper {
  private static final String TOO_LONG = "the body is longer than this server takes";

  private final ToLongFunction<String> mostBytes;

  /**
   * A limit.
   *
   * @param mostBytes of a body, by the path it is sent to
   */
  BodyLimit(ToLongFunction<String> mostBytes) {
    this.mostBytes = mostBytes;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    long most = mostBytes.applyAsLong(request.getHttpURI().getPath());
    long announced = request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
    return super.handle(new Counted(request, most, announced > most), response, callback);
  }

  /** One that is announced too long fails at its first byte, so that its door can answer. */
  private static final class Counted extends Request.Wrapper {
    private final long most;
    private final boolean refused;
    private long read;

    Counted(Request request, long most, boolean refused) {
      super(request);
      this.most = most;
      this.refused = refused;
    }

    @Override
    public Content.@Nullable Chunk read() {
      Content.Chunk chunk = super.read();
      if (chunk == null || Content.Chunk.isFailure(chunk)) {
        return chunk;
      }
      read += chunk.remaining();
      if (!refused && read <= most) {
        return chunk;
      }
      chunk.release();
      HttpException.RuntimeException tooLong = new HttpException.RuntimeException(413, TOO_LONG);
      fail(tooLong);
      return Content.Chunk.from(tooLong, true);
    }
  }
}
