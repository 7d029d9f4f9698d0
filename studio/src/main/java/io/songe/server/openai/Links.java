package io.songe.server.openai;

import io.songe.error.EngineException;
import io.songe.pictures.PictureFormat;
import io.songe.server.Fields;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Links to pictures that need no further permission: whoever has one may fetch the picture for an
 * hour. A link says what it leads to and until when, signed with a key that this process has drawn
 * for itself; so none can be guessed or changed, and none outlives the process.
 */
final class Links {
  private static final Duration VALID = Duration.ofHours(1);
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SIGNATURE_BYTES = 32;
  private static final int KEY_BYTES = 32;
  private static final int LONGEST = 1024;

  private final SecretKeySpec key;
  private final Clock clock;

  Links(Clock clock) {
    byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, ALGORITHM);
    this.clock = clock;
  }

  /**
   * What a link leads to.
   *
   * @param owner of the picture
   * @param picture its id
   * @param type as what it is sent
   * @param compression for JPEG and WebP
   */
  record Target(String owner, String picture, PictureFormat type, int compression) {}

  /** {@return a file name that leads to a picture from now on} */
  String fileName(Target target) {
    byte[] owner = target.owner().getBytes(StandardCharsets.UTF_8);
    byte[] picture = target.picture().getBytes(StandardCharsets.UTF_8);
    byte[] said =
        ByteBuffer.allocate(Long.BYTES + 2 + Short.BYTES + owner.length + picture.length)
            .putLong(clock.instant().plus(VALID).getEpochSecond())
            .put((byte) target.type().id().charAt(0))
            .put((byte) target.compression())
            .putShort((short) owner.length)
            .put(owner)
            .put(picture)
            .array();
    byte[] signed = Arrays.copyOf(said, said.length + SIGNATURE_BYTES);
    System.arraycopy(signature(said), 0, signed, said.length, SIGNATURE_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(signed)
        + "."
        + Fields.word(target.type());
  }

  /** {@return what a file name leads to; empty if it is not one of ours, or too old} */
  Optional<Target> target(String fileName) {
    int dot = fileName.lastIndexOf('.');
    if (dot < 0 || fileName.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      byte[] signed = Base64.getUrlDecoder().decode(fileName.substring(0, dot));
      if (signed.length < SIGNATURE_BYTES) {
        return Optional.empty();
      }
      byte[] said = Arrays.copyOf(signed, signed.length - SIGNATURE_BYTES);
      byte[] signature = Arrays.copyOfRange(signed, said.length, signed.length);
      return MessageDigest.isEqual(signature, signature(said)) ? read(said) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private Optional<Target> read(byte[] said) {
    ByteBuffer from = ByteBuffer.wrap(said);
    if (from.getLong() <= clock.instant().getEpochSecond()) {
      return Optional.empty();
    }
    PictureFormat type = type(from.get());
    int compression = from.get();
    byte[] owner = new byte[from.getShort()];
    from.get(owner);
    byte[] picture = new byte[from.remaining()];
    from.get(picture);
    return Optional.of(
        new Target(
            new String(owner, StandardCharsets.UTF_8),
            new String(picture, StandardCharsets.UTF_8),
            type,
            compression));
  }

  private static PictureFormat type(byte initial) {
    return Arrays.stream(PictureFormat.values())
        .filter(type -> type.id().charAt(0) == initial)
        .findFirst()
        .orElseThrow();
  }

  private byte[] signature(byte[] said) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(said);
    } catch (GeneralSecurityException impossible) {
      throw new EngineException("every Java has " + ALGORITHM, impossible);
    }
  }
}
