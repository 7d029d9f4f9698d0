package io.songe.pipeline;

/**
 * What {@link TextToImage#generate} reports, on the thread that computes: first {@link
 * PromptEncoded}, once; then for each picture {@link Denoised} after every step and {@link
 * Finished} once. A listener that takes long holds the work up.
 */
public sealed interface Progress {
  /**
   * The prompt has become features.
   *
   * @param tokens how many tokens it has, without marks and padding
   * @param chunks in how many pieces it was read
   */
  record PromptEncoded(int tokens, int chunks) implements Progress {}

  /**
   * A step is done.
   *
   * @param image which picture of the request, from 0
   * @param images how many the request has
   * @param step how many steps of this picture are done, from 1
   * @param steps how many it has
   * @param preview shows what the network takes the clean picture for; may be asked for a picture
   *     only while the listener runs
   */
  record Denoised(int image, int images, int step, int steps, Preview preview)
      implements Progress {}

  /**
   * A picture is done.
   *
   * @param image which picture of the request, from 0
   * @param images how many the request has
   * @param result the picture
   */
  record Finished(int image, int images, GeneratedImage result) implements Progress {}
}
