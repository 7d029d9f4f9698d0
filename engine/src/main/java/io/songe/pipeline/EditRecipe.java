package io.songe.pipeline;

import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import io.songe.image.Fit;
import io.songe.image.Image;
import io.songe.image.Margins;
import io.songe.image.Mask;
import io.songe.image.Parameter;
import io.songe.pipeline.edit.Edit;
import io.songe.pipeline.edit.MaskedContent;
import io.songe.pipeline.edit.Masking;
import io.songe.pipeline.edit.SecondPass;
import io.songe.pipeline.edit.Source;
import io.songe.pipeline.edit.Start;
import io.songe.pipeline.edit.Upscaler;
import io.songe.pipeline.edit.Variation;
import io.songe.tensor.Wrapping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An {@link Edit} as a recipe stores it: pictures by their names and fingerprints, everything else
 * as it is.
 *
 * @param start the picture it was drawn from
 * @param tiling {@code none}, {@code x}, {@code y} or {@code xy}
 * @param variation the noise that was mixed in
 * @param secondPass the second pass
 */
public record EditRecipe(
    Optional<StartRecipe> start,
    String tiling,
    Optional<Variation> variation,
    Optional<PassRecipe> secondPass) {
  /**
   * A picture, to be found again.
   *
   * @param file its name without its folder; may be empty
   * @param sha256 of its pixels, as {@link Source#sha256} says
   */
  public record SourceRecipe(String file, String sha256) {
    static SourceRecipe of(Source source) {
      return new SourceRecipe(source.name(), source.sha256());
    }

    /**
     * The picture.
     *
     * @throws InvalidRequestException if it cannot be found, or is another one
     */
    Source restored(PictureFinder finder) {
      Image image = finder.find(this);
      Source found = new Source(file, image);
      if (!found.sha256().equalsIgnoreCase(sha256)) {
        throw new InvalidRequestException(
            "%s is not the picture that was drawn from: its pixels have the SHA-256 %s, not %s"
                .formatted(
                    file.isEmpty() ? "this" : FileLabel.shorten(file),
                    found.sha256(),
                    FileLabel.shorten(sha256)));
      }
      return found;
    }
  }

  /**
   * A {@link Start} from a picture. What its kind does not have is empty.
   *
   * @param picture it was drawn from
   * @param strength of the drawing
   * @param fit of a picture, or of one with a mask
   * @param upscaler of an enlarged picture
   * @param mask of a picture with one
   * @param margins of an extended picture
   * @param seam of an extended picture, in pixels
   */
  public record StartRecipe(
      SourceRecipe picture,
      double strength,
      Optional<String> fit,
      Optional<String> upscaler,
      Optional<MaskRecipe> mask,
      Optional<Margins> margins,
      Optional<Integer> seam) {}

  /**
   * A {@link Masking}.
   *
   * @param picture the mask
   * @param convention how it is read
   * @param inverted whether what it keeps was drawn
   * @param blur of its edge, in pixels
   * @param content what the masked part began with
   * @param padding in pixels, if only the surroundings of the mask were drawn
   */
  public record MaskRecipe(
      SourceRecipe picture,
      String convention,
      boolean inverted,
      int blur,
      String content,
      Optional<Integer> padding) {}

  /**
   * A {@link SecondPass}.
   *
   * @param width of the picture in the end, in pixels
   * @param height of the picture in the end, in pixels
   * @param upscaler how the first pass was enlarged
   * @param steps of the sampler
   * @param strength of the drawing
   */
  public record PassRecipe(int width, int height, String upscaler, int steps, double strength) {}

  /** {@return the recipe of an edit, empty if it edits nothing} */
  static Optional<EditRecipe> of(Edit edit) {
    if (edit.equals(Edit.NONE)) {
      return Optional.empty();
    }
    return Optional.of(
        new EditRecipe(
            start(edit.start()),
            id(edit.tiling()),
            edit.variation().isNone() ? Optional.empty() : Optional.of(edit.variation()),
            switch (edit.secondPass()) {
              case SecondPass.None _ -> Optional.empty();
              case SecondPass.Enlarged pass ->
                  Optional.of(
                      new PassRecipe(
                          pass.width(),
                          pass.height(),
                          pass.upscaler().id(),
                          pass.steps(),
                          pass.strength()));
            }));
  }

  private static Optional<StartRecipe> start(Start start) {
    Optional<String> noName = Optional.empty();
    return switch (start) {
      case Start.Noise _ -> Optional.empty();
      case Start.Picture(Source picture, Fit fit, double strength) ->
          Optional.of(
              new StartRecipe(
                  SourceRecipe.of(picture),
                  strength,
                  Optional.of(id(fit)),
                  noName,
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty()));
      case Start.Enlarged(Source picture, Upscaler upscaler, double strength) ->
          Optional.of(
              new StartRecipe(
                  SourceRecipe.of(picture),
                  strength,
                  noName,
                  Optional.of(upscaler.id()),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty()));
      case Start.Inpainted(Source picture, Masking masking, Fit fit, double strength) ->
          Optional.of(
              new StartRecipe(
                  SourceRecipe.of(picture),
                  strength,
                  Optional.of(id(fit)),
                  noName,
                  Optional.of(mask(masking)),
                  Optional.empty(),
                  Optional.empty()));
      case Start.Extended(Source picture, Margins margins, int seam, double strength) ->
          Optional.of(
              new StartRecipe(
                  SourceRecipe.of(picture),
                  strength,
                  noName,
                  noName,
                  Optional.empty(),
                  Optional.of(margins),
                  Optional.of(seam)));
    };
  }

  private static MaskRecipe mask(Masking masking) {
    return new MaskRecipe(
        SourceRecipe.of(masking.mask()),
        id(masking.convention()),
        masking.inverted(),
        masking.blur(),
        masking.content().id(),
        masking.area() instanceof Masking.Area.AroundMask(int padding)
            ? Optional.of(padding)
            : Optional.empty());
  }

  /** {@return the pictures it was drawn from: none, one, or a picture and its mask} */
  public List<SourceRecipe> pictures() {
    return start.stream()
        .flatMap(each ->
            Stream.concat(Stream.of(each.picture), each.mask.map(MaskRecipe::picture).stream()))
        .toList();
  }

  /**
   * The edit, with its pictures.
   *
   * @throws InvalidRequestException if a picture cannot be found or is another one, or this version
   *     does not know a name
   */
  Edit restored(PictureFinder finder) {
    return new Edit(
        start.map(each -> restored(each, finder)).orElse(new Start.Noise()),
        named(Wrapping.class, tiling),
        variation.orElse(Variation.NONE),
        secondPass.<SecondPass>map(EditRecipe::restored).orElse(new SecondPass.None()));
  }

  private static SecondPass restored(PassRecipe pass) {
    return new SecondPass.Enlarged(
        pass.width, pass.height, Upscaler.named(pass.upscaler), pass.steps, pass.strength);
  }

  private static Start restored(StartRecipe start, PictureFinder finder) {
    Source picture = start.picture.restored(finder);
    if (start.upscaler.isPresent()) {
      return new Start.Enlarged(picture, Upscaler.named(start.upscaler.get()), start.strength);
    }
    if (start.margins.isPresent()) {
      return new Start.Extended(picture, start.margins.get(), start.seam.orElse(0), start.strength);
    }
    Fit fit = named(Fit.class, start.fit.orElse(""));
    return start
        .mask
        .<Start>map(
            mask -> new Start.Inpainted(picture, restored(mask, finder), fit, start.strength))
        .orElseGet(() -> new Start.Picture(picture, fit, start.strength));
  }

  private static Masking restored(MaskRecipe mask, PictureFinder finder) {
    return new Masking(
        mask.picture.restored(finder),
        named(Mask.Convention.class, mask.convention),
        mask.inverted,
        mask.blur,
        MaskedContent.named(mask.content),
        mask.padding
            .<Masking.Area>map(Masking.Area.AroundMask::new)
            .orElseGet(Masking.Area.Whole::new));
  }

  private static String id(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static <E extends Enum<E>> E named(Class<E> type, String id) {
    return Arrays.stream(type.getEnumConstants())
        .filter(value -> id(value).equals(id))
        .findFirst()
        .orElseThrow(() ->
            new InvalidRequestException(
                "unknown %s \"%s\"; known are %s"
                    .formatted(
                        type.getSimpleName().toLowerCase(Locale.ROOT),
                        FileLabel.shorten(id),
                        Arrays.stream(type.getEnumConstants())
                            .map(EditRecipe::id)
                            .collect(Collectors.joining(", ")))));
  }

  /** {@return this edit in the words of A1111} */
  List<Parameter> parameters() {
    List<Parameter> lines = new ArrayList<>();
    variation.ifPresent(each -> {
      lines.add(new Parameter("Variation seed", String.valueOf(each.seed())));
      lines.add(new Parameter("Variation seed strength", GeneratedImage.plain(each.strength())));
    });
    start.ifPresent(each -> {
      lines.add(new Parameter("Denoising strength", GeneratedImage.plain(each.strength())));
      lines.add(new Parameter("Init image hash", each.picture.sha256));
      each.fit.ifPresent(
          fit -> lines.add(new Parameter("Resize mode", resizeMode(named(Fit.class, fit)))));
      each.upscaler.ifPresent(
          name -> lines.add(new Parameter("Upscaler", Upscaler.named(name).label())));
      each.margins.ifPresent(margins ->
          lines.add(
              new Parameter(
                  "Extended by",
                  "%d %d %d %d"
                      .formatted(
                          margins.left(), margins.right(), margins.top(), margins.bottom()))));
      each.seam.ifPresent(seam -> lines.add(new Parameter("Seam", String.valueOf(seam))));
      each.mask.ifPresent(mask -> lines.addAll(parameters(mask)));
    });
    secondPass.ifPresent(pass -> {
      lines.add(new Parameter("Denoising strength", GeneratedImage.plain(pass.strength)));
      lines.add(new Parameter("Hires resize", pass.width + "x" + pass.height));
      lines.add(new Parameter("Hires steps", String.valueOf(pass.steps)));
      lines.add(new Parameter("Hires upscaler", Upscaler.named(pass.upscaler).label()));
    });
    if (!tiling.equals(id(Wrapping.NONE))) {
      lines.add(new Parameter("Tiling", "True"));
      if (!tiling.equals(id(Wrapping.XY))) {
        lines.add(new Parameter("Tiling direction", tiling));
      }
    }
    return lines;
  }

  private static String resizeMode(Fit fit) {
    return switch (fit) {
      case STRETCH -> "Just resize";
      case CROP -> "Crop and resize";
      case FILL -> "Resize and fill";
    };
  }

  private static List<Parameter> parameters(MaskRecipe mask) {
    List<Parameter> lines = new ArrayList<>();
    lines.add(new Parameter("Mask hash", mask.picture.sha256));
    if (mask.convention.equals(id(Mask.Convention.TRANSPARENT))) {
      lines.add(new Parameter("Mask reads", mask.convention));
    }
    if (mask.inverted) {
      lines.add(new Parameter("Mask mode", "Inpaint not masked"));
    }
    lines.add(new Parameter("Mask blur", String.valueOf(mask.blur)));
    mask.padding.ifPresent(padding -> {
      lines.add(new Parameter("Inpaint area", "Only masked"));
      lines.add(new Parameter("Masked area padding", String.valueOf(padding)));
    });
    lines.add(new Parameter("Masked content", MaskedContent.named(mask.content).label()));
    return lines;
  }
}
