package io.songe.server;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names under which the server may be spoken to. A web page can have its own name resolve to
 * this machine and so pass for it; but the browser then still sends that name.
 */
final class HostNames {
  private static final Pattern AUTHORITY =
      Pattern.compile("(?<host>[a-z0-9._-]+|\\[[0-9a-f:.]+(%[a-z0-9]+)?])(:[0-9]{1,5})?");
  private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[.*]");

  private final Set<String> names = new HashSet<>();
  private final boolean everywhere;

  HostNames(String bound, Set<String> allowed) {
    names.addAll(Set.of("localhost", "127.0.0.1", "[::1]"));
    names.add(literal(bound));
    allowed.forEach(name -> names.add(literal(name)));
    everywhere = isWildcard(bound);
  }

  private static String literal(String host) {
    String small = host.toLowerCase(Locale.ROOT);
    return small.indexOf(':') >= 0 && !small.startsWith("[") ? "[" + small + "]" : small;
  }

  private static boolean isWildcard(String host) {
    try {
      return InetAddress.getByName(host).isAnyLocalAddress();
    } catch (UnknownHostException notFound) {
      return false;
    }
  }

  /** {@return whether a Host header is one of this server's} Any port is, for tunnels. */
  boolean knows(String header) {
    var authority = AUTHORITY.matcher(header.toLowerCase(Locale.ROOT));
    if (!authority.matches()) {
      return false;
    }
    String host = authority.group("host");
    // An address cannot be made to mean another machine, so it is safe wherever we listen.
    return names.contains(host) || (everywhere && ADDRESS.matcher(host).matches());
  }

  /** {@return whether an Origin header is the very server that the Host header names} */
  static boolean isSame(String origin, String host) {
    try {
      URI page = URI.create(origin);
      String scheme = String.valueOf(page.getScheme());
      if (!scheme.equals("http") && !scheme.equals("https")) {
        return false;
      }
      return withoutPort(String.valueOf(page.getRawAuthority()), scheme)
          .equals(withoutPort(host, scheme));
    } catch (IllegalArgumentException noAddress) {
      return false;
    }
  }

  /** The usual port may be said or not. */
  private static String withoutPort(String authority, String scheme) {
    String usual = scheme.equals("https") ? ":443" : ":80";
    String small = authority.toLowerCase(Locale.ROOT);
    return small.endsWith(usual) ? small.substring(0, small.length() - usual.length()) : small;
  }
}
