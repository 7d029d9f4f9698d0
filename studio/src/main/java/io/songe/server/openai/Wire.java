package io.songe.server.openai;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Connection;

/**
 * The connection of a request that is being answered. HTTP has no word for "I am gone": whoever
 * hangs up closes the socket, which nobody would notice before the answer is written. So a waiting
 * request looks at its socket now and then.
 */
final class Wire {
  private final Connection connection;
  private final boolean plain;
  private boolean more;

  private Wire(Connection connection) {
    this.connection = connection;
    // Under TLS what arrives may be a record of TLS's own.
    this.plain =
        connection instanceof Connection.UpgradeTo
            && connection.getEndPoint().getTransport() instanceof SocketChannel;
  }

  /** {@return the connection of a request whose body has been read} */
  static Wire of(Context context) {
    return new Wire(
        ServletContextRequest.getServletContextRequest(context.req())
            .getConnectionMetaData()
            .getConnection());
  }

  /** {@return whether it is still there on this side, which closes it when the server stops} */
  boolean isOpen() {
    return connection.getEndPoint().isOpen();
  }

  /** {@return whether the other side has closed it, as far as can be known} */
  boolean isHungUp() {
    if (!plain || more) {
      return false;
    }
    ByteBuffer next = ByteBuffer.allocate(1);
    try {
      int read = ((SocketChannel) connection.getEndPoint().getTransport()).read(next);
      if (read > 0) { // the beginning of its next request, which it need not have waited with
        more = true;
        ((Connection.UpgradeTo) connection).onUpgradeTo(next.flip());
      }
      return read < 0;
    } catch (ClosedChannelException here) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }
}
