package io.songe.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Browsers that showed a token once. They are forgotten when the server stops. */
final class Sessions {
  private static final Duration LIFE = Duration.ofDays(30);
  private static final int MOST = 1000;

  private record Session(String user, Instant until) {}

  private final InstantSource clock;

  private final Map<String, Session> sessions =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
          return size() > MOST;
        }
      };

  Sessions(InstantSource clock) {
    this.clock = clock;
  }

  /** {@return the name of a new session, which is a secret} */
  synchronized String begin(String user) {
    String name = Access.newToken();
    sessions.put(name, new Session(user, clock.instant().plus(LIFE)));
    return name;
  }

  /** {@return whose it is} */
  synchronized Optional<String> userOf(String name) {
    return Optional.ofNullable(sessions.get(name))
        .filter(session -> session.until.isAfter(clock.instant()))
        .map(Session::user);
  }

  synchronized void end(String name) {
    sessions.remove(name);
  }

  static Duration life() {
    return LIFE;
  }
}
