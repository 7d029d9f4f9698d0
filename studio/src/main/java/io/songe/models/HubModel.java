package io.songe.models;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A model on a hub at one moment.
 *
 * @param id what it is called
 * @param commit the moment, as git names it
 * @param licence of the weights as the authors name it; empty if they do not
 * @param page where people read about it
 * @param files all that it holds
 */
public record HubModel(
    HubId id, String commit, Optional<String> licence, URI page, List<HubFile> files) {
  /** A model with its list copied. */
  public HubModel {
    files = List.copyOf(files);
  }

  /** {@return whether it is in the published folder layout} */
  boolean isFolder() {
    return files.stream().anyMatch(file -> file.path().equals("model_index.json"));
  }
}
