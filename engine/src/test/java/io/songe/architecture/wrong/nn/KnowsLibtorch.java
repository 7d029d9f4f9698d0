package io.songe.architecture.wrong.nn;

import org.bytedeco.pytorch.Tensor;

/** Wrong: libtorch is the tensor package's secret. */
public record KnowsLibtorch(Tensor weight) {}
