package io.songe.architecture.wrong.image;

import io.songe.architecture.wrong.image.part.Part;
import java.util.List;

/** Half of a cycle. */
public record Whole(List<Part> parts) {}
