package io.songe.jobs;

import java.security.SecureRandom;

/** Names of jobs, which nobody can guess, and of their pictures. */
final class JobId {
  private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int LENGTH = 26;
  private static final SecureRandom RANDOM = new SecureRandom();

  private JobId() {}

  /** {@return a new name, of 130 random bits} */
  static String random() {
    byte[] bytes = new byte[LENGTH];
    RANDOM.nextBytes(bytes);
    StringBuilder id = new StringBuilder(LENGTH);
    for (byte random : bytes) {
      id.append(DIGITS.charAt(random & 31));
    }
    return id.toString();
  }

  /**
   * {@return the name of a picture, the same whenever it is drawn}
   *
   * <p>This is what makes a picture exactly one: after a restart the queue asks for this name
   * before anything is drawn or kept again.
   *
   * @param job it belongs to
   * @param image which, from 0
   */
  static String ofPicture(String job, int image) {
    return job + "-" + image;
  }
}
