package io.songe.pipeline;

import io.songe.text.Prompt;
import io.songe.text.syntax.Composition;
import io.songe.text.syntax.EditedText;
import io.songe.text.syntax.PromptSyntax;
import io.songe.text.syntax.SamplingPass;
import java.util.List;

/**
 * Which phrases a prompt is at each step.
 *
 * @param wanted the positive text
 * @param unwanted the negative text
 * @param pass the steps
 */
record PromptScript(Composition wanted, EditedText unwanted, SamplingPass pass) {
  /**
   * The phrases of one step, as they are given to text encoders.
   *
   * @param wanted one for each of the composition's branches
   * @param unwanted the negative one
   */
  record Phrases(List<String> wanted, String unwanted) {}

  static PromptScript of(Prompt prompt, PromptSyntax syntax, SamplingPass pass) {
    return new PromptScript(
        syntax.compose(prompt.positive()), syntax.edit(prompt.negative()), pass);
  }

  /**
   * The phrases of a step.
   *
   * @param step from 0. The first step is one too many for what is to happen after a number of
   *     steps: the web UI, whose prompts these are, counts its steps from 0 and its texts from 1.
   */
  Phrases at(int step) {
    int counted = Math.max(1, step);
    return new Phrases(
        wanted.branches().stream().map(branch -> branch.text().at(counted, pass)).toList(),
        unwanted.at(counted, pass));
  }
}
