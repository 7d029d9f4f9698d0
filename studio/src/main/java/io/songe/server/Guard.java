package io.songe.server;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/**
 * Looks at every request before anything else does. It keeps out web pages of other sites, which
 * reach this machine through its user's browser, and callers without a token where one is needed.
 */
final class Guard {
  private static final Set<HandlerType> READING =
      Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);

  private final HostNames hosts;
  private final Credentials credentials;
  private final List<Door> doors;
  private final Optional<Login> login;
  private final int requestsOfOne;
  private final ConcurrentHashMap<String, Integer> present = new ConcurrentHashMap<>();

  /**
   * A guard.
   *
   * @param login meets browsers that show no token; empty where no page is shown
   */
  Guard(ServerOptions options, Credentials credentials, Optional<Login> login, List<Door> doors) {
    this.hosts = new HostNames(options.host(), options.allowedHosts());
    this.credentials = credentials;
    this.doors = List.copyOf(doors);
    this.login = login;
    this.requestsOfOne = options.limits().requestsOfOne();
  }

  /**
   * Lets a request pass, and notes who sends it.
   *
   * @throws HttpFailure if it may not
   */
  void admit(Context context) {
    checkHost(context);
    boolean open = isOpen(context);
    if (open) {
      context.header("Cross-Origin-Resource-Policy", "cross-origin");
    } else {
      checkOrigin(context);
    }
    Caller caller = identify(context, open);
    checkContent(context);
    takePlace(context, caller);
    context.attribute(Caller.ATTRIBUTE, caller);
  }

  private void checkHost(Context context) {
    String host = context.header("Host");
    if (host == null || !hosts.knows(host)) {
      throw refusal(
          403,
          "this server does not answer under the name of the Host header;"
              + " to allow it, start the server with --allow-host and that name");
    }
  }

  /** Browsers say which page sends a request; programs say nothing. */
  private static void checkOrigin(Context context) {
    String origin = context.header("Origin");
    String host = String.valueOf(context.header("Host"));
    if (origin != null && !HostNames.isSame(origin, host)) {
      throw refusal(403, "a web page of another site may not use this server");
    }
    String site = context.header("Sec-Fetch-Site");
    boolean foreign = site != null && !site.equals("same-origin") && !site.equals("none");
    if (foreign && !isVisit(context)) {
      throw refusal(403, "a web page of another site may not use this server");
    }
  }

  /** Somebody follows a link from another site to the page, which changes nothing. */
  private static boolean isVisit(Context context) {
    return READING.contains(context.method())
        && "navigate".equals(context.header("Sec-Fetch-Mode"))
        && "document".equals(context.header("Sec-Fetch-Dest"));
  }

  /**
   * A web form can send only a few types, so that asking for another one keeps out the forms of
   * other sites even where a browser does not say whose they are.
   */
  private static void checkContent(Context context) {
    if (READING.contains(context.method()) || !hasBody(context)) {
      return;
    }
    String type = Optional.ofNullable(context.contentType()).orElse("").toLowerCase(Locale.ROOT);
    boolean known =
        type.matches("application/json\\s*(;.*)?")
            || type.startsWith("multipart/form-data")
            || type.startsWith("image/");
    boolean login = context.path().equals(Login.PATH) && type.startsWith(Login.FORM);
    if (!known && !login) {
      throw refusal(
          415,
          "the Content-Type of a request must be application/json, multipart/form-data or that of"
              + " an image; this one has "
              + (type.isEmpty() ? "none" : "another"));
    }
  }

  private static boolean hasBody(Context context) {
    return context.req().getContentLengthLong() > 0 || context.header("Transfer-Encoding") != null;
  }

  private Caller identify(Context context, boolean open) {
    String path = context.path();
    if (open || path.equals(Health.PATH) || path.equals(Login.PATH)) {
      return Caller.NOBODY;
    }
    boolean forPage = doors.stream().noneMatch(door -> leadsTo(door, path));
    if (forPage && login.isPresent() && login.get().welcomes(context)) {
      context.skipRemainingHandlers();
      return Caller.NOBODY;
    }
    Optional<Caller> known = credentials.callerOf(context);
    if (known.isEmpty() && forPage && login.isPresent() && isVisitor(context)) {
      login.get().ask(context, 401, "");
      context.skipRemainingHandlers();
      return Caller.NOBODY;
    }
    return known.orElseThrow(() ->
        refusal(
            401,
            "a token is needed: send it as Authorization: Bearer TOKEN, or as the password of"
                + " Authorization: Basic"));
  }

  private static boolean isVisitor(Context context) {
    return READING.contains(context.method())
        && String.valueOf(context.header("Accept")).contains("text/html");
  }

  /** Such addresses are told to clients that show the pictures on pages of their own. */
  private boolean isOpen(Context context) {
    String path = context.path();
    return READING.contains(context.method())
        && doors.stream().anyMatch(door -> leadsTo(door, path) && door.isOpen(path));
  }

  static boolean leadsTo(Door door, String path) {
    return door.prefixes().stream().anyMatch(path::startsWith);
  }

  private void takePlace(Context context, Caller caller) {
    String user = caller.user();
    if (present.merge(user, 1, Integer::sum) > requestsOfOne) {
      leave(user);
      throw new HttpFailure(
          new Failure(
              429,
              "more than " + requestsOfOne + " requests are under way; wait for one to end",
              Optional.empty(),
              Optional.of(Duration.ofSeconds(1))));
    }
    Request.addCompletionListener(
        ServletContextRequest.getServletContextRequest(context.req()), _ -> leave(user));
  }

  private void leave(String user) {
    present.computeIfPresent(user, (_, count) -> count > 1 ? count - 1 : null);
  }

  private static HttpFailure refusal(int status, String message) {
    return new HttpFailure(Failure.of(status, message));
  }
}
