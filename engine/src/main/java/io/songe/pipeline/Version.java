package io.songe.pipeline;

/** Which Songe this is, as written into pictures. */
public final class Version {
  private Version() {}

  /** {@return the name and the version, such as {@code Songe 0.1.0}} */
  public static String software() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "Songe" : "Songe " + version;
  }
}
