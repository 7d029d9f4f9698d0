package io.songe.server;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import io.songe.error.InvalidRequestException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;

/**
 * The server of a studio: its doors, and the page. What reaches a door has passed the {@link
 * Guard}; whatever a door throws is answered in that door's own form.
 */
public final class Server implements AutoCloseable {
  /** How long a connection that is kept for a next request holds up the end. */
  private static final Duration LEAST_IDLE = Duration.ofMillis(100);

  private static final Logger LOG = Logger.getLogger(Server.class.getName());

  /** Libraries that tell of each start and stop, unless somebody wants to hear it. */
  private static final List<Logger> TALKATIVE =
      Stream.of("io.javalin", "org.eclipse.jetty").map(Logger::getLogger).toList();

  private final Javalin javalin;
  private final org.eclipse.jetty.server.Server jetty;
  private final List<Door> doors;

  private Server(Javalin javalin, List<Door> doors) {
    this.javalin = javalin;
    this.jetty = javalin.jettyServer().server();
    this.doors = List.copyOf(doors);
  }

  /**
   * Starts a server for this machine alone.
   *
   * @param host the address to listen at
   * @param port of it; 0 for any that is free
   * @param doors the interfaces it speaks
   * @param page whether the page is shown
   * @return the running server
   */
  public static Server start(String host, int port, List<Door> doors, boolean page) {
    return start(
        ServerOptions.local().withHost(host).withPort(port).withPage(page), doors, List.of());
  }

  /**
   * Starts a server.
   *
   * @param options where it listens, and to whom
   * @param doors the interfaces it speaks
   * @param measures what it tells of besides its own traffic
   * @return the running server
   * @throws InvalidRequestException if others could reach it without a token, or it cannot listen
   *     there
   */
  public static Server start(
      ServerOptions options, List<Door> doors, List<Metrics.Measure> measures) {
    checkAccess(options);
    TALKATIVE.stream()
        .filter(logger -> logger.getLevel() == null)
        .forEach(logger -> logger.setLevel(Level.WARNING));
    Credentials credentials = new Credentials(options.access(), InstantSource.system());
    Optional<Login> login =
        options.page() && credentials.areNeeded()
            ? Optional.of(new Login(credentials))
            : Optional.empty();
    Guard guard = new Guard(options, credentials, login, doors);
    Failures failures = new Failures(doors);
    Metrics metrics = new Metrics(doors, measures);
    Javalin javalin =
        Javalin.create(config -> {
          config.concurrency.useVirtualThreads = true;
          config.startup.showJavalinBanner = false;
          config.startup.showOldJavalinVersionWarning = false;
          config.startup.startupWatcherEnabled = false;
          config.http.prefer405over404 = true;
          config.http.compressionStrategy = CompressionStrategy.GZIP;
          config.http.maxRequestSize = options.limits().modelBytes();
          config.router.javaLangErrorHandler((response, error) -> {
            LOG.log(Level.SEVERE, "a request failed", error);
            response.setStatus(500);
          });
          jetty(config, options, doors, metrics);
          if (options.page()) {
            config.resourceHandler(new Page());
          }
          login.ifPresent(page -> page.addTo(config.routes));
          config.routes.before(guard::admit);
          failures.addTo(config.routes);
          new Health(metrics).addTo(config.routes);
          doors.forEach(door -> door.addTo(config.routes));
        });
    return new Server(javalin.start(), doors);
  }

  /** Whoever reaches the server may use it, so others must not reach it, or must show a token. */
  private static void checkAccess(ServerOptions options) {
    if (!options.access().isRestricted() && !isLoopback(options.host())) {
      throw new InvalidRequestException(
          "others can reach "
              + options.host()
              + ", so a token is needed there; add --token, or leave out --host");
    }
  }

  private static boolean isLoopback(String host) {
    try {
      InetAddress[] addresses =
          host.isBlank() ? new InetAddress[0] : InetAddress.getAllByName(host);
      return addresses.length > 0 && Stream.of(addresses).allMatch(InetAddress::isLoopbackAddress);
    } catch (UnknownHostException unknown) {
      throw new InvalidRequestException(
          "\"" + host + "\" is no address of this machine; 127.0.0.1 is for this machine alone",
          unknown);
    }
  }

  private static void jetty(
      JavalinConfig config, ServerOptions options, List<Door> doors, Metrics metrics) {
    ServerLimits limits = options.limits();
    config.jetty.multipartConfig.maxFileSize(limits.modelBytes(), SizeUnit.BYTES);
    config.jetty.multipartConfig.maxTotalRequestSize(limits.modelBytes(), SizeUnit.BYTES);
    config.jetty.modifyServletContextHandler(context -> {
      context.setMaxFormKeys(limits.parts());
      context.setMaxFormContentSize(limits.headerBytes());
    });
    config.jetty.modifyServer(server -> {
      server.setErrorHandler(new PlainErrors());
      server.setStopTimeout(limits.patience().toMillis());
      server.setStopAtShutdown(false);
      server.insertHandler(
          new BodyLimit(path -> mostBytes(path, doors, limits), limits.bodyBytes()));
      server.insertHandler(new GracefulHandler());
      server.insertHandler(new Traffic(metrics));
    });
    config.jetty.addConnector((server, http) -> {
      harden(http, limits);
      ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
      connector.setHost(options.host());
      connector.setPort(options.port());
      connector.setIdleTimeout(limits.idle().toMillis());
      connector.setShutdownIdleTimeout(LEAST_IDLE.toMillis());
      connector.addBean(new SlowClients(connector, limits));
      server.addBean(new NetworkConnectionLimit(limits.connections(), connector));
      listen(connector);
      return connector;
    });
  }

  private static void harden(HttpConfiguration http, ServerLimits limits) {
    http.setRequestHeaderSize(limits.headerBytes());
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    // A collection may be called AC/DC; all else that is ambiguous is refused.
    http.setUriCompliance(
        UriCompliance.DEFAULT.with(
            "names with slashes", UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR));
  }

  private static long mostBytes(String path, List<Door> doors, ServerLimits limits) {
    boolean models =
        doors.stream().anyMatch(door -> Guard.leadsTo(door, path) && door.takesModels(path));
    return models ? limits.modelBytes() : limits.bodyBytes();
  }

  /** Before anything else is started, so that it is said in our words if it cannot be done. */
  private static void listen(ServerConnector connector) {
    try {
      connector.open();
    } catch (IOException denied) {
      throw new InvalidRequestException(
          "cannot listen at %s, port %d: %s; choose another with --port, or 0 for any that is free"
              .formatted(connector.getHost(), connector.getPort(), reason(denied)),
          denied);
    }
  }

  private static String reason(IOException denied) {
    Throwable first = denied;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    String why = String.valueOf(first.getMessage());
    return why.contains("already in use") ? "it is taken" : why;
  }

  /** {@return the port it listens at} */
  public int port() {
    return javalin.port();
  }

  /** Stops: ends all streams, takes no more, and waits a while for what is being answered. */
  @Override
  public void close() {
    doors.forEach(Door::close);
    try {
      jetty.stop();
    } catch (TimeoutException tooLong) {
      LOG.log(Level.FINE, "some requests were cut off", tooLong);
    } catch (Exception failed) {
      throw new IllegalStateException("the server did not stop", failed);
    }
  }
}
