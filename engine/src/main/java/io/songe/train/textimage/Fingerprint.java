package io.songe.train.textimage;

import io.songe.checkpoint.ModelParts;
import io.songe.format.StoredTensor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** What tells one network from another. */
final class Fingerprint {
  private Fingerprint() {}

  /** {@return the SHA-256 of sizes, names and elements, in hexadecimal digits} */
  static String of(ModelParts.Network<?> network) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(String.valueOf(network.config()).getBytes(StandardCharsets.UTF_8));
      for (Map.Entry<String, StoredTensor> named : new TreeMap<>(network.tensors()).entrySet()) {
        StoredTensor tensor = named.getValue();
        digest.update(
            "\n%s %s %s\n"
                .formatted(named.getKey(), tensor.dtype(), tensor.shape())
                .getBytes(StandardCharsets.UTF_8));
        digest.update(tensor.data().asByteBuffer());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new AssertionError(everyJavaHasIt);
    }
  }
}
