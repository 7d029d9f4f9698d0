package io.songe.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar's manifest. */
final class SongeVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = SongeVersion.class.getPackage().getImplementationVersion();
    return new String[] {"songe " + (version == null ? "(not run from its jar)" : version)};
  }
}
