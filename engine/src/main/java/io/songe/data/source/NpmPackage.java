package io.songe.data.source;

import io.songe.format.JsonConfig;

/**
 * A package of the npm registry, pinned.
 *
 * @param name such as {@code @iconify-json/noto}
 * @param version such as {@code 1.2.9}
 * @param integrity the tarball's SHA-512, as the registry writes it: {@code sha512-} and Base64
 * @param licence of what is taken from it
 * @param author whom to name
 * @param home where the work itself is developed
 */
public record NpmPackage(
    String name, String version, String integrity, String licence, String author, String home) {
  static NpmPackage of(JsonConfig json) {
    return new NpmPackage(
        json.string("package"),
        json.string("version"),
        json.string("integrity"),
        json.string("licence"),
        json.string("author"),
        json.string("home"));
  }

  /** {@return name and version, as the package client takes them} */
  public String coordinates() {
    return name + "@" + version;
  }

  /** {@return the name that {@code npm pack} gives to the tarball} */
  public String tarball() {
    return (name.startsWith("@") ? name.substring(1) : name).replace('/', '-')
        + "-"
        + version
        + ".tgz";
  }
}
