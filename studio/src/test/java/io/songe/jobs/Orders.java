package io.songe.jobs;

import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.pipeline.Recipe;
import io.songe.text.Prompt;
import java.util.List;
import java.util.Optional;

/** Orders for tests. */
final class Orders {
  private Orders() {}

  static Order of(String owner, String phrase) {
    return of(owner, phrase, 1);
  }

  static Order of(String owner, String phrase, int count) {
    return new Order(
        owner, Order.Door.PAGE, recipe(phrase, 64, 4), "", count, Optional.empty(), false, true);
  }

  static Order notKept(String owner, String phrase) {
    return new Order(
        owner, Order.Door.OPENAI, recipe(phrase, 64, 4), "", 1, Optional.empty(), false, false);
  }

  static Order travel(String owner, int frames) {
    return new Order(
        owner,
        Order.Door.PAGE,
        recipe("a cat", 64, 4),
        "",
        1,
        Optional.of(new Order.Travel(Optional.of("a dog"), Optional.of(-7L), frames)),
        false,
        true);
  }

  static Recipe recipe(String phrase, int side, int steps) {
    return new Recipe(
        Recipe.FORMAT,
        "songe test",
        "songe-mini",
        "0".repeat(64),
        new Prompt(phrase, "dull \"quotes\"\nand lines"),
        side,
        side,
        steps,
        7.5,
        0,
        "euler",
        "karras",
        42,
        "fp32",
        "transparent",
        Optional.empty(),
        "literal",
        1,
        List.of());
  }

  static Image image() {
    return Image.filled(2, 2, Colour.WHITE);
  }

  static Png png() {
    return new Png(image());
  }
}
