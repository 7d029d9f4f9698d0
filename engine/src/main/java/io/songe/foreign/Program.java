package io.songe.foreign;

/** A program that draws, and the form in which it says how. */
public enum Program {
  /** The AUTOMATIC1111 web UI, and the many programs that write as it does. */
  A1111("A1111"),
  /** Graphs of nodes. */
  COMFYUI("ComfyUI"),
  /** Objects of JSON; long ago, command lines. */
  INVOKEAI("InvokeAI"),
  /** Objects of JSON. */
  NOVELAI("NovelAI"),
  /** Objects of JSON, or what A1111 writes. */
  FOOOCUS("Fooocus"),
  /** Songe itself, in a picture that lost its recipe and kept what is written for A1111. */
  SONGE("Songe");

  private final String label;

  Program(String label) {
    this.label = label;
  }

  /** {@return its name as people know it} */
  public String label() {
    return label;
  }
}
