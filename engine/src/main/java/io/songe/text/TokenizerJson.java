package io.songe.text;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A tokenizer.json: vocabulary, merges and added tokens in one file, with a description of every
 * step. The steps must be CLIP's; another tokenizer's file is refused rather than misread.
 *
 * @param file where it is
 * @param root what is in it
 */
record TokenizerJson(TokenizerFile file, JsonNode root) {
  private static final JsonMapper JSON = new JsonMapper();

  private static final JsonNode NORMALIZER =
      JSON.readTree(
          """
          {"type": "Sequence", "normalizers": [
            {"type": "NFC"},
            {"type": "Replace", "pattern": {"Regex": "\\\\s+"}, "content": " "},
            {"type": "Lowercase"}]}
          """);

  private static final String WORD =
      "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

  /** The expression as it was first published, and as it is written now. */
  private static final List<String> WORDS =
      List.of(WORD, "<\\|startoftext\\|>|<\\|endoftext\\|>|" + WORD);

  /**
   * A tokenizer.json whose steps are all CLIP's.
   *
   * @param file where it is
   * @return its content
   */
  static TokenizerJson read(TokenizerFile file) {
    var json = new TokenizerJson(file, file.object());
    json.checkSteps();
    json.checkModel();
    return json;
  }

  /** {@return the tokens of the byte-pair model} */
  Vocabulary vocabulary() {
    return Vocabulary.read(file, root.path("model").path("vocab"));
  }

  /**
   * The merges of the byte-pair model.
   *
   * @param vocabulary its tokens
   * @return the merges
   */
  Merges merges(Vocabulary vocabulary) {
    return Merges.read(file, root.path("model").path("merges"), vocabulary);
  }

  /** {@return the array of added tokens} */
  JsonNode addedTokens() {
    return root.path("added_tokens");
  }

  /**
   * Checks that this file frames a text as the rest of the folder says.
   *
   * @param begin the id that begins a chunk
   * @param end the id that ends it
   */
  void checkFrame(int begin, int end) {
    JsonNode frame = root.path("post_processor");
    if (isAbsent(frame)) {
      return;
    }
    require("post_processor", frame, isOfType(frame, "RobertaProcessing"));
    if (frame.path("cls").path(1).asInt(-1) != begin
        || frame.path("sep").path(1).asInt(-1) != end) {
      throw file.broken(
          "frames a text by %s and %s, but its special tokens have the ids %d and %d; fetch it again",
          frame.path("cls"), frame.path("sep"), begin, end);
    }
  }

  private void checkSteps() {
    JsonNode normalizer = root.path("normalizer");
    require("normalizer", normalizer, normalizer.equals(NORMALIZER));

    JsonNode steps = root.path("pre_tokenizer").path("pretokenizers");
    require(
        "pre_tokenizer",
        root.path("pre_tokenizer"),
        steps.size() == 2 && isSplit(steps.path(0)) && isByteLevel(steps.path(1)));

    JsonNode decoder = root.path("decoder");
    require("decoder", decoder, isAbsent(decoder) || isOfType(decoder, "ByteLevel"));
  }

  private void checkModel() {
    JsonNode model = root.path("model");
    JsonNode type = model.path("type");
    require("model", type, isAbsent(type) || isOfType(model, "BPE"));
    JsonNode suffix = model.path("end_of_word_suffix");
    require("end_of_word_suffix", suffix, suffix.asString("").equals(BytePairs.END_OF_WORD));
    for (String option :
        List.of(
            "dropout", "continuing_subword_prefix", "fuse_unk", "byte_fallback", "ignore_merges")) {
      JsonNode value = model.path(option);
      require(option, value, isAbsent(value) || value.asString("").matches("|false"));
    }
  }

  private static boolean isSplit(JsonNode step) {
    return isOfType(step, "Split")
        && WORDS.contains(step.path("pattern").path("Regex").asString(""))
        && step.path("behavior").asString("").equals("Removed")
        && step.path("invert").asBoolean(false);
  }

  private static boolean isByteLevel(JsonNode step) {
    return isOfType(step, "ByteLevel")
        && !step.path("add_prefix_space").asBoolean(true)
        && step.path("use_regex").asBoolean(true);
  }

  private static boolean isOfType(JsonNode step, String type) {
    return step.path("type").asString("").equals(type);
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isNull() || node.isMissingNode();
  }

  private void require(String step, JsonNode found, boolean supported) {
    if (!supported) {
      throw file.broken(
          "has a %s that CLIP's tokenizers do not: %s; other tokenizers are not supported",
          step, found.isMissingNode() ? "none" : found);
    }
  }
}
