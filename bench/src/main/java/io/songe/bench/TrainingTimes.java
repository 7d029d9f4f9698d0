package io.songe.bench;

import io.songe.diffusion.Conditioning;
import io.songe.model.HiddenLayer;
import io.songe.model.clip.ClipTextConfig;
import io.songe.model.clip.ClipTextConfig.Activation;
import io.songe.model.clip.ClipTextConfig.EndOfText;
import io.songe.model.clip.ClipTextConfig.Projection;
import io.songe.model.clip.ClipTextEncoder;
import io.songe.model.unet.UNet;
import io.songe.model.unet.UNetConfig;
import io.songe.nn.Initialization;
import io.songe.nn.Parameters;
import io.songe.nn.Weights;
import io.songe.pipeline.Precision;
import io.songe.tensor.Backend;
import io.songe.tensor.DType;
import io.songe.tensor.NormalGenerator;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import io.songe.tensor.Variable;
import io.songe.train.AdamW;
import io.songe.train.MovingAverage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Trains songe-mini's networks on random numbers, as {@code bench/peers/torch_training.py} does:
 * forward, backward, clipping, AdamW, moving average. For each line {@code SIDE STEPS} that it
 * reads, it makes so many steps with latents of that side and prints a line of JSON with the
 * seconds of each and of the parts of a step.
 *
 * <p>Arguments: precision, threads, samples a step.
 */
final class TrainingTimes implements AutoCloseable {
  private static final int VOCABULARY = 8384;
  private static final int TOKENS = 40;
  private static final int TIMES = 1000;
  private static final double RATE = 1e-3;
  private static final double AVERAGING = .999;
  private static final double CLIP = 1;
  private static final List<String> PARTS =
      List.of("batch", "forward", "backward", "clip", "optimizer", "average");

  private static final UNetConfig UNET = UNetConfig.songeMini();
  private static final ClipTextConfig TEXT =
      new ClipTextConfig(
          VOCABULARY,
          320,
          1280,
          4,
          5,
          TOKENS,
          Activation.GELU,
          1e-5,
          new EndOfText.FirstOf(VOCABULARY - 1),
          new Projection.None());

  private final DType dtype;
  private final int batch;
  private final Random random = new Random(1);
  private final NormalGenerator normal = new NormalGenerator(1);
  private final Weights unet = Weights.initial(p -> new UNet(UNET, p), Initialization.of(1));
  private final Weights text =
      Weights.initial(p -> new ClipTextEncoder(TEXT, p), Initialization.of(2));
  private final Map<String, Variable> variables = new LinkedHashMap<>();
  private final AdamW optimizer;
  private final MovingAverage average;
  private final long[] nanos = new long[PARTS.size()];
  private long step;

  private TrainingTimes(DType dtype, int batch) {
    this.dtype = dtype;
    this.batch = batch;
    unet.variables().forEach((name, variable) -> variables.put("unet." + name, variable));
    text.variables().forEach((name, variable) -> variables.put("text_encoder." + name, variable));
    optimizer = new AdamW(variables, AdamW.Options.USUAL);
    average = new MovingAverage(variables, AVERAGING);
  }

  public static void main(String[] arguments) throws IOException {
    Backend.setThreads(Integer.parseInt(arguments[1]));
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (TrainingTimes training =
        new TrainingTimes(Precision.named(arguments[0]).dtype(), Integer.parseInt(arguments[2]))) {
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        String[] words = order.split(" ", 2);
        System.out.println(training.steps(Integer.parseInt(words[0]), Integer.parseInt(words[1])));
      }
    }
  }

  private String steps(int side, int steps) {
    Arrays.fill(nanos, 0);
    double[] seconds = new double[steps];
    double loss = 0;
    for (int i = 0; i < steps; i++) {
      long began = System.nanoTime();
      loss = step(side);
      seconds[i] = (System.nanoTime() - began) / 1e9;
    }
    Map<String, String> split = new LinkedHashMap<>();
    for (int i = 0; i < nanos.length; i++) {
      split.put(
          '"' + PARTS.get(i) + '"', String.format(Locale.ROOT, "%.2f", nanos[i] / 1e6 / steps));
    }
    return String.format(
        Locale.ROOT,
        "{\"engine\": \"Songe\", \"side\": %d, \"loss\": %.5f, \"seconds\": %s, \"parts_ms\": %s}",
        side,
        loss,
        Arrays.stream(seconds).mapToObj("%.4f"::formatted).collect(Collectors.toList()),
        split.toString().replace('=', ':'));
  }

  private double step(int side) {
    long began = System.nanoTime();
    double loss;
    try (Scope _ = Scope.withGradients()) {
      Tensor clean = normal.next(Shape.of(batch, UNET.inputChannels(), side, side));
      Tensor noise = normal.next(Shape.of(batch, UNET.inputChannels(), side, side));
      float[] times = new float[batch];
      float[] kept = new float[batch];
      for (int i = 0; i < batch; i++) {
        int time = random.nextInt(TIMES);
        times[i] = time;
        kept[i] = 1 - (time + 1f) / (TIMES + 1);
      }
      Tensor keep = Tensor.of(kept, batch, 1, 1, 1);
      Tensor noisy = clean.times(keep.sqrt()).plus(noise.times(keep.negate().plus(1).sqrt()));
      Tensor velocity = noise.times(keep.sqrt()).minus(clean.times(keep.negate().plus(1).sqrt()));
      Tensor ids = Tensor.of(tokens(), batch, TOKENS);
      began = took(0, began);
      Tensor squares = predict(noisy, Tensor.of(times), ids).minus(velocity).square();
      Tensor total = squares.mean();
      began = took(1, began);
      Variable.backward(total);
      began = took(2, began);
      loss = total.item();
    }
    Variable.clipGradients(List.copyOf(variables.values()), CLIP);
    began = took(3, began);
    optimizer.step(step, RATE);
    step++;
    variables.values().forEach(Variable::clearGradient);
    began = took(4, began);
    average.update(step);
    took(5, began);
    return loss;
  }

  private Tensor predict(Tensor x, Tensor times, Tensor ids) {
    ClipTextEncoder encoder = new ClipTextEncoder(TEXT, text.parameters(dtype));
    Parameters parameters = unet.parameters(dtype);
    Tensor context = encoder.encode(ids, HiddenLayer.last()).tokens();
    return new UNet(UNET, parameters).predict(x, times, Conditioning.of(context));
  }

  private long[] tokens() {
    long[] ids = new long[batch * TOKENS];
    Arrays.fill(ids, VOCABULARY - 1);
    for (int text = 0; text < batch; text++) {
      ids[text * TOKENS] = VOCABULARY - 2;
      for (int i = 1; i < 12; i++) {
        ids[text * TOKENS + i] = random.nextInt(VOCABULARY - 2);
      }
    }
    return ids;
  }

  private long took(int part, long began) {
    long now = System.nanoTime();
    nanos[part] += now - began;
    return now;
  }

  @Override
  public void close() {
    average.close();
    optimizer.close();
    unet.close();
    text.close();
  }
}
