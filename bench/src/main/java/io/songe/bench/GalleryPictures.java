package io.songe.bench;

import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.Parameter;
import io.songe.image.ParametersText;
import io.songe.image.Png;
import io.songe.pipeline.Recipe;
import io.songe.text.Prompt;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Tiny pictures with recipes as people's are: phrases in two languages whose words are as unequally
 * frequent as in real ones, some models and styles.
 */
final class GalleryPictures {
  private static final int SIDE = 8;

  private static final List<String> THINGS =
      words(
          """
          fox whale cat dog owl castle house forest mountain river lighthouse rocket robot dragon
          flower tree snowman bicycle train ship island volcano garden bridge apple cake teapot
          violin piano mushroom butterfly penguin elephant tiger rabbit turtle octopus astronaut
          wizard knight queen pirate clock lantern mirror feather crown key book window door balloon
          """);
  private static final List<String> CHOSES =
      words(
          """
          renard baleine chat chien hibou château maison forêt montagne rivière phare fusée robot
          dragon fleur arbre bonhomme vélo train bateau île volcan jardin pont pomme gâteau théière
          violon piano champignon papillon manchot éléphant tigre lapin tortue pieuvre astronaute
          magicien chevalier reine pirate horloge lanterne miroir plume couronne clef livre fenêtre
          """);
  private static final List<String> QUALITIES =
      words(
          """
          blue red green golden tiny giant sleeping flying ancient glowing wooden crystal sad happy
          wild quiet broken painted frozen burning misty sunny dark pale striped spotted
          """);
  private static final List<String> QUALITES =
      words(
          """
          bleu rouge vert doré minuscule géant endormi volant ancien lumineux boisé cristallin
          triste heureux sauvage calme brisé peint gelé brûlant brumeux ensoleillé sombre pâle rayé
          """);
  private static final List<String> PLACES =
      List.of(
          "in the snow",
          "at night",
          "under the sea",
          "on a hill",
          "in space",
          "by the river",
          "in autumn",
          "at sunrise",
          "in the rain",
          "on the moon");
  private static final List<String> LIEUX =
      List.of(
          "sous la neige",
          "la nuit",
          "sous la mer",
          "sur une colline",
          "dans l'espace",
          "au bord de l'eau",
          "en automne",
          "au lever du soleil",
          "sous la pluie",
          "sur la lune");
  private static final List<String> STYLES =
      List.of("flat", "watercolour", "pixel art", "3D", "line drawing", "");
  private static final List<String> MODELS =
      List.of("songe-mini", "dreamshaper-8", "sd-1.5", "sdxl-base", "anything-v5");
  private static final List<String> SAMPLERS =
      List.of("ddim", "euler", "euler_ancestral", "dpmpp_2m", "heun");

  private final RandomGenerator random;

  GalleryPictures(RandomGenerator random) {
    this.random = random;
  }

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+"));
  }

  /** The first words are the most frequent, as in Zipf's law. */
  private String pick(List<String> words) {
    double position = Math.exp(random.nextDouble() * Math.log(words.size() + 1)) - 1;
    return words.get(Math.min((int) position, words.size() - 1));
  }

  /** {@return the name of a style, mostly of some} */
  String style() {
    return pick(STYLES);
  }

  /** {@return a picture} */
  Png picture(long seed) {
    String phrase = random.nextBoolean() ? english() : french();
    byte[] rgba = new byte[4 * SIDE * SIDE];
    Colour colour = new Colour(random.nextInt(256), random.nextInt(256), random.nextInt(256), 255);
    int cut = random.nextInt(SIDE);
    for (int i = 0; i < SIDE * SIDE; i++) {
      boolean below = i / SIDE >= cut;
      rgba[4 * i] = (byte) (below ? colour.red() : colour.green());
      rgba[4 * i + 1] = (byte) (below ? colour.green() : colour.blue());
      rgba[4 * i + 2] = (byte) (below ? colour.blue() : colour.red());
      rgba[4 * i + 3] = (byte) 255;
    }
    Recipe recipe = recipe(phrase, seed);
    List<Parameter> lines =
        List.of(
            new Parameter("Steps", String.valueOf(recipe.steps())),
            new Parameter("Sampler", recipe.sampler()),
            new Parameter("CFG scale", String.valueOf(recipe.guidanceScale())),
            new Parameter("Seed", String.valueOf(seed)),
            new Parameter("Size", recipe.width() + "x" + recipe.height()),
            new Parameter("Model", recipe.model()));
    return new Png(Image.of(SIDE, SIDE, rgba))
        .withText(
            ParametersText.KEYWORD,
            new ParametersText(phrase, recipe.prompt().negative(), lines).write())
        .withText(Recipe.KEYWORD, recipe.toJson());
  }

  private String english() {
    return "a %s %s with a %s %s, %s"
        .formatted(pick(QUALITIES), pick(THINGS), pick(QUALITIES), pick(THINGS), pick(PLACES));
  }

  private String french() {
    return "un %s %s avec un %s %s, %s"
        .formatted(pick(CHOSES), pick(QUALITES), pick(CHOSES), pick(QUALITES), pick(LIEUX));
  }

  private Recipe recipe(String phrase, long seed) {
    return new Recipe(
        Recipe.FORMAT,
        "Songe 0.1.0",
        pick(MODELS),
        "0".repeat(64),
        new Prompt(phrase, "blurry, low quality"),
        256,
        256,
        10 + random.nextInt(30),
        4,
        0,
        pick(SAMPLERS),
        "uniform",
        seed,
        "bf16",
        "transparent",
        Optional.empty(),
        "literal",
        1,
        List.of());
  }
}
