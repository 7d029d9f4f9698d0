package io.songe.server;

import io.songe.error.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who may use a server: everybody who reaches it, or those who have a token. A token names its
 * user, who sees only what is theirs. Only fingerprints are held.
 */
public final class Access {
  /** For everybody who reaches the server, which then has to listen to this machine alone. */
  public static final Access OPEN = new Access(List.of());

  private static final int LEAST_LETTERS = 16;
  private static final Pattern LINE =
      Pattern.compile("(?<user>[a-z0-9][a-z0-9._-]{0,31}):(?<sha256>[0-9a-f]{64})");

  private record Entry(String user, String sha256) {}

  private final List<Entry> entries;

  private Access(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * {@return access for who has a token, as the only user}
   *
   * @throws InvalidRequestException if it could be guessed
   */
  public static Access token(String token) {
    return OPEN.withKey(token);
  }

  /**
   * {@return access for several users, each of whom sees only what is theirs}
   *
   * @param lines of a users file: a name of small letters and digits, a colon, and the SHA-256 of
   *     the user's token in hexadecimal; empty lines and those that begin with # say nothing
   * @param file how it is called in messages
   * @throws InvalidRequestException if a line is not like that, or a name is there twice
   */
  public static Access users(List<String> lines, String file) {
    List<Entry> entries = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Matcher parts = LINE.matcher(line);
      if (!parts.matches()) {
        // The line itself may hold a token that somebody wrote there in plain text.
        throw new InvalidRequestException(
            file
                + ": line "
                + (i + 1)
                + " must be a name of small letters and digits, a colon, and the SHA-256 of a token"
                + " in 64 hexadecimal digits; make one with: songe serve --new-user NAME");
      }
      if (!names.add(parts.group("user"))) {
        throw new InvalidRequestException(
            file + ": user " + parts.group("user") + " is there twice; keep one line of them");
      }
      entries.add(new Entry(parts.group("user"), parts.group("sha256")));
    }
    if (entries.isEmpty()) {
      throw new InvalidRequestException(
          file + " names no user; make one with: songe serve --new-user NAME");
    }
    return new Access(entries);
  }

  /**
   * {@return this, and a token of who started the server}
   *
   * @throws InvalidRequestException if the token could be guessed, or has letters that no header
   *     carries
   */
  public Access withKey(String token) {
    if (token.length() < LEAST_LETTERS) {
      throw new InvalidRequestException(
          "a token needs at least "
              + LEAST_LETTERS
              + " characters, got "
              + token.length()
              + "; --token without a value makes one");
    }
    if (token.chars().anyMatch(letter -> letter <= ' ' || letter >= 127)) {
      throw new InvalidRequestException(
          "a token has letters, digits and signs of ASCII only, and no blanks;"
              + " --token without a value makes one");
    }
    List<Entry> more = new ArrayList<>(entries);
    more.add(new Entry(Caller.LOCAL.user(), sha256(token)));
    return new Access(more);
  }

  /** {@return a new token that nobody guesses} */
  public static String newToken() {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** {@return the line of a users file for a user} */
  public static String line(String user, String token) {
    String line = user + ":" + sha256(token);
    if (!LINE.matcher(line).matches()) {
      throw new InvalidRequestException(
          "a user is called with small letters, digits, dots, hyphens and underscores, at most 32,"
              + " got \""
              + user
              + "\"");
    }
    return line;
  }

  /** {@return whether a token is asked for} */
  public boolean isRestricted() {
    return !entries.isEmpty();
  }

  /** {@return whose token it is} Takes the same time for every wrong one. */
  Optional<String> userOf(String token) {
    byte[] offered = bytes(sha256(token));
    String user = "";
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(bytes(entry.sha256), offered)) {
        user = entry.user;
      }
    }
    return Optional.of(user).filter(name -> !name.isEmpty());
  }

  private static byte[] bytes(String hexadecimal) {
    return hexadecimal.getBytes(StandardCharsets.US_ASCII);
  }

  private static String sha256(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
