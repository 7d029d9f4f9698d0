package io.songe.server.a1111;

import io.songe.image.Fit;
import io.songe.image.Image;
import io.songe.image.Margins;
import io.songe.image.Mask;
import io.songe.image.Resampling;
import io.songe.jobs.InputStore;
import io.songe.pipeline.edit.MaskedContent;
import io.songe.pipeline.edit.Masking;
import io.songe.pipeline.edit.Source;
import io.songe.pipeline.edit.Start;
import io.songe.pipeline.edit.Upscaler;
import io.songe.server.Failure;
import io.songe.server.HttpFailure;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What {@code img2img} begins with: a picture, perhaps with a mask. */
final class StartReader {
  /** What {@code inpainting_fill} counts, by the web UI's labels. */
  static final List<String> CONTENTS =
      List.of("fill", "original", "latent noise", "latent nothing");

  private static final int LATENT_MODE = 3;
  private static final double USUAL_STRENGTH = 0.75;
  private static final int USUAL_BLUR = 4;
  private static final int MOST_BLUR = 64;
  private static final int MOST_PADDING = 4096;

  private final RequestFields fields;
  private final Optional<StoredStart> stored;
  private final InputStore inputs;

  /**
   * A reader.
   *
   * @param fields of the request
   * @param stored what a text says that the request brings
   * @param inputs has the pictures that such texts tell
   */
  StartReader(RequestFields fields, Optional<StoredStart> stored, InputStore inputs) {
    this.fields = fields;
    this.stored = stored;
    this.inputs = inputs;
  }

  /**
   * Reads it.
   *
   * @throws HttpFailure if there is no picture, or a field cannot be followed
   */
  Start read() {
    Image picture = picture();
    Source source = Source.of(picture);
    double strength = fields.number("denoising_strength", 0, 1, USUAL_STRENGTH);
    if (strength == 0) {
      throw RequestFields.wrong(
          "denoising_strength", "at 0 nothing would be drawn; take a strength above 0");
    }
    int mode = fields.whole("resize_mode", 0, LATENT_MODE, 0);
    Optional<Masking> masking = masking(picture);
    if (masking.isPresent()) {
      return new Start.Inpainted(source, masking.get(), maskedFit(mode), strength);
    }
    Optional<Margins> margins = stored.flatMap(StoredStart::margins);
    if (margins.isPresent()) {
      int seam = stored.map(StoredStart::seam).orElse(0);
      return new Start.Extended(source, margins.get(), seam, strength);
    }
    Optional<Upscaler> upscaler =
        mode == LATENT_MODE ? Optional.of(Upscaler.LATENT) : stored.flatMap(StoredStart::upscaler);
    return upscaler
        .<Start>map(way -> new Start.Enlarged(source, way, strength))
        .orElseGet(() -> new Start.Picture(source, fit(mode), strength));
  }

  private static Fit maskedFit(int mode) {
    if (mode == LATENT_MODE) {
      throw RequestFields.wrong(
          "resize_mode", "latents are not resized under a mask here; take 0, 1 or 2");
    }
    return fit(mode);
  }

  private static Fit fit(int mode) {
    return switch (mode) {
      case 1 -> Fit.CROP;
      case 2 -> Fit.FILL;
      default -> Fit.STRETCH;
    };
  }

  private Image picture() {
    List<JsonNode> pictures = fields.list("init_images");
    if (pictures.isEmpty() || pictures.getFirst().isNull()) {
      return stored
          .map(start -> kept(start.picture()))
          .orElseThrow(() -> new HttpFailure(Failure.of(404, "Init image not found")));
    }
    if (pictures.size() > 1) {
      throw RequestFields.wrong(
          "init_images", "one picture is drawn from at a time, got " + pictures.size());
    }
    if (!pictures.getFirst().isString()) {
      throw RequestFields.wrong("init_images", "str type expected");
    }
    return SentPicture.of("init_images", pictures.getFirst().stringValue()).image();
  }

  private Image kept(String sha256) {
    return inputs
        .find(sha256)
        .orElseThrow(() ->
            new HttpFailure(
                Failure.of(
                    404,
                    "Init image not found: the picture was drawn from another one, which is not"
                        + " here any more; send that one to img2img as well")));
  }

  private Optional<Masking> masking(Image picture) {
    int blur = blur();
    MaskedContent content =
        MaskedContent.named(CONTENTS.get(fields.whole("inpainting_fill", 0, 3, 0)));
    boolean around = fields.flag("inpaint_full_res", true);
    int padding = fields.whole("inpaint_full_res_padding", 0, MOST_PADDING, 0);
    boolean inverted = fields.whole("inpainting_mask_invert", 0, 1, 0) == 1;
    boolean round = fields.flag("mask_round", true);
    Optional<Image> sent =
        fields
            .picture("mask")
            .filter(text -> !text.isBlank())
            .map(text -> SentPicture.of("mask", text).image())
            .map(mask -> ofSize(mask, picture, round));
    boolean transparent = sent.isEmpty() && stored.filter(StoredStart::transparent).isPresent();
    return sent.or(() -> stored.flatMap(StoredStart::mask).map(this::kept))
        .map(mask ->
            new Masking(
                Source.of(mask),
                transparent ? Mask.Convention.TRANSPARENT : Mask.Convention.BRIGHT,
                inverted,
                blur,
                content,
                around ? new Masking.Area.AroundMask(padding) : new Masking.Area.Whole()));
  }

  private int blur() {
    Optional<Long> both = fields.whole("mask_blur", 0, MOST_BLUR);
    long across =
        fields.whole("mask_blur_x", 0, MOST_BLUR).or(() -> both).orElse((long) USUAL_BLUR);
    long down = fields.whole("mask_blur_y", 0, MOST_BLUR).or(() -> both).orElse((long) USUAL_BLUR);
    if (across != down && both.isEmpty()) {
      throw RequestFields.wrong(
          "mask_blur_y", "a mask is as soft in width as in height here; take mask_blur");
    }
    return both.orElse(across).intValue();
  }

  /** Of a mask with transparency, what is half there or more counts as wholly there. */
  private static Image ofSize(Image mask, Image picture, boolean round) {
    Image rounded = round && mask.hasTransparency() ? rounded(mask) : mask;
    return rounded.resize(picture.width(), picture.height(), Resampling.BILINEAR);
  }

  private static Image rounded(Image mask) {
    Mask levels = Mask.of(mask, Mask.Convention.BRIGHT);
    byte[] sharp = new byte[mask.width() * mask.height()];
    for (int i = 0; i < sharp.length; i++) {
      sharp[i] = (byte) (levels.at(i % mask.width(), i / mask.width()) >= Mask.HALF ? 255 : 0);
    }
    return Mask.of(mask.width(), mask.height(), sharp).toImage();
  }
}
