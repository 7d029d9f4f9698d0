package io.songe.server;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds out who sends a request: by a token in a header, or by the session of a browser. */
final class Credentials {
  /** How many wrong tokens one address may send in a minute. */
  private static final int GUESSES = 20;

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int ADDRESSES = 10_000;

  private final Access access;
  private final InstantSource clock;
  private final Sessions sessions;
  private final Map<String, Deque<Instant>> wrong =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
          return size() > ADDRESSES;
        }
      };

  Credentials(Access access, InstantSource clock) {
    this.access = access;
    this.clock = clock;
    this.sessions = new Sessions(clock);
  }

  /** {@return whether there is anything to show} */
  boolean areNeeded() {
    return access.isRestricted();
  }

  /** {@return who sends a request; empty if it does not say} */
  Optional<Caller> callerOf(Context context) {
    if (!access.isRestricted()) {
      return Optional.of(Caller.LOCAL);
    }
    String header = context.header("Authorization");
    if (header == null) {
      return Optional.ofNullable(context.cookie(cookieName(context)))
          .flatMap(sessions::userOf)
          .map(Caller::new);
    }
    return tokenIn(header).flatMap(token -> check(context, token));
  }

  /** The name of a user of Basic says nothing: the token does. */
  private static Optional<String> tokenIn(String header) {
    int blank = header.indexOf(' ');
    String scheme = header.substring(0, Math.max(0, blank)).toLowerCase(Locale.ROOT);
    String value = header.substring(blank + 1).strip();
    return switch (scheme) {
      case "bearer" -> Optional.of(value);
      case "basic" -> password(value);
      default -> Optional.empty();
    };
  }

  private static Optional<String> password(String base64) {
    try {
      String text = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return colon < 0 ? Optional.empty() : Optional.of(text.substring(colon + 1));
    } catch (IllegalArgumentException noBase64) {
      return Optional.empty();
    }
  }

  /** {@return whose token it is; whoever guesses too often has to wait} */
  Optional<Caller> check(Context context, String token) {
    String address = context.req().getRemoteAddr();
    if (guessesOf(address) >= GUESSES) {
      throw new HttpFailure(
          new Failure(
              429,
              "too many wrong tokens came from this address; wait a minute",
              Optional.empty(),
              Optional.of(MINUTE)));
    }
    Optional<Caller> caller = access.userOf(token).map(Caller::new);
    if (caller.isEmpty()) {
      note(address);
    }
    return caller;
  }

  private int guessesOf(String address) {
    synchronized (wrong) {
      Deque<Instant> times = wrong.getOrDefault(address, new ArrayDeque<>());
      while (!times.isEmpty() && times.peek().isBefore(clock.instant().minus(MINUTE))) {
        times.remove();
      }
      return times.size();
    }
  }

  private void note(String address) {
    synchronized (wrong) {
      wrong.computeIfAbsent(address, _ -> new ArrayDeque<>()).add(clock.instant());
    }
  }

  /**
   * Lets a browser in from now on: scripts cannot read what it is given, nor other sites send it.
   */
  void begin(Context context, Caller caller) {
    Cookie cookie = new Cookie(cookieName(context), sessions.begin(caller.user()));
    cookie.setPath("/");
    cookie.setHttpOnly(true);
    cookie.setSameSite(SameSite.STRICT);
    cookie.setMaxAge(Math.toIntExact(Sessions.life().toSeconds()));
    context.cookie(cookie);
  }

  /** Forgets a browser. */
  void end(Context context) {
    String name = cookieName(context);
    Optional.ofNullable(context.cookie(name)).ifPresent(sessions::end);
    context.removeCookie(name, "/");
  }

  /** Browsers send cookies to all ports of a machine. */
  private static String cookieName(Context context) {
    return "songe-" + context.req().getLocalPort();
  }
}
