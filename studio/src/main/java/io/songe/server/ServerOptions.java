package io.songe.server;

import java.util.Set;

/**
 * Where a server listens, and to whom.
 *
 * @param host the address to listen at, a name or an address of this machine
 * @param port of it; 0 for any that is free
 * @param page whether the page is shown, not only the interfaces for programs
 * @param access who may use it
 * @param allowedHosts further names under which requests may come, beside this machine's own; in
 *     small letters, without port
 * @param limits how much it takes
 */
public record ServerOptions(
    String host,
    int port,
    boolean page,
    Access access,
    Set<String> allowedHosts,
    ServerLimits limits) {
  /** The port at which clients of the A1111 web interface look for it. */
  public static final int USUAL_PORT = 7860;

  /** An address that only this machine reaches. */
  public static final String LOCAL = "127.0.0.1";

  public ServerOptions {
    allowedHosts = Set.copyOf(allowedHosts);
  }

  /** {@return a server with its page for this machine alone, at the usual port} */
  public static ServerOptions local() {
    return new ServerOptions(LOCAL, USUAL_PORT, true, Access.OPEN, Set.of(), ServerLimits.USUAL);
  }

  /** {@return the same at another port} */
  public ServerOptions withPort(int other) {
    return new ServerOptions(host, other, page, access, allowedHosts, limits);
  }

  /** {@return the same at another address} */
  public ServerOptions withHost(String other) {
    return new ServerOptions(other, port, page, access, allowedHosts, limits);
  }

  /** {@return the same with or without the page} */
  public ServerOptions withPage(boolean shown) {
    return new ServerOptions(host, port, shown, access, allowedHosts, limits);
  }

  /** {@return the same for others} */
  public ServerOptions withAccess(Access other) {
    return new ServerOptions(host, port, page, other, allowedHosts, limits);
  }

  /** {@return the same under further names} */
  public ServerOptions withAllowedHosts(Set<String> names) {
    return new ServerOptions(host, port, page, access, names, limits);
  }

  /** {@return the same with other limits} */
  public ServerOptions withLimits(ServerLimits other) {
    return new ServerOptions(host, port, page, access, allowedHosts, other);
  }
}
