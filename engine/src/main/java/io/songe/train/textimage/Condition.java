package io.songe.train.textimage;

/**
 * What a model is told of the pictures that it learns to draw: the steps by which these systems
 * came to be.
 */
public enum Condition {
  /** Nothing: the caption is empty always, and any picture is drawn. Ho et al. 2020. */
  NONE,
  /** What it shows, by one fixed name and nothing else. Dhariwal and Nichol 2021, section 4. */
  CLASS,
  /** A caption, worded freely. Rombach et al. 2022, section 3.3. */
  TEXT
}
