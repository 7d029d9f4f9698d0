package io.songe.server.a1111;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * The settings that each user made, as long as the server runs. The web UI has one set of settings
 * for everybody; here nobody changes another's.
 */
final class UserSettings {
  private final Map<String, Settings> byUser = new ConcurrentHashMap<>();
  private final ModelList models;

  UserSettings(ModelList models) {
    this.models = models;
  }

  /** {@return a user's} */
  Settings of(String user) {
    return byUser.getOrDefault(user, Settings.USUAL);
  }

  /**
   * Changes a user's.
   *
   * @param changes by the web UI's names
   * @throws io.songe.server.HttpFailure if a value cannot be followed; nothing is changed
   */
  void change(String user, ObjectNode changes) {
    byUser.put(user, of(user).with(changes, models));
  }

  /** {@return the model that a user's drawings are made with where nothing else is said} */
  ModelList.Entry model(String user) {
    return of(user).model().flatMap(models::find).orElseGet(models::usual);
  }
}
