package io.songe.drawing;

import io.songe.checkpoint.ModelOutline;
import io.songe.checkpoint.adapter.AppliedAdapter;
import io.songe.error.EngineException;
import io.songe.error.InvalidRequestException;
import io.songe.models.AdapterShelf;
import io.songe.models.ModelShelf;
import io.songe.models.Names;
import io.songe.models.OpenedAdapters;
import io.songe.pipeline.GenerationRequest;
import io.songe.text.syntax.ExtraNetwork;
import io.songe.text.syntax.PromptSyntax;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;

/**
 * The LoRAs that a prompt asks for by tags such as {@code <lora:ink:0.8>}, and the embeddings whose
 * names stand in it as words; those made for other kinds of models are not meant then.
 *
 * @param models on whose shelves they lie
 */
record PromptAdapters(ModelShelf models) {
  /**
   * Opens those of a request for a moment.
   *
   * @param request what is to be drawn
   * @param model that is to draw it
   * @return the adapters as recipes store them
   * @throws InvalidRequestException if a tag is none of a LoRA, or its name is not known
   */
  List<AppliedAdapter> of(GenerationRequest request, ModelOutline model) {
    PromptSyntax syntax = request.reading().syntax();
    List<ExtraNetwork> networks = syntax.compose(request.prompt().positive()).networks();
    syntax.compose(request.prompt().negative()); // refuses what cannot be read
    List<Path> embeddings = embeddings(request);
    if (networks.isEmpty() && embeddings.isEmpty()) {
      return List.of();
    }
    return onPlatformThread(() -> {
      try (OpenedAdapters opened = new OpenedAdapters()) {
        networks.forEach(each -> opened.addLora(file(each), each.textWeight(), each.imageWeight()));
        embeddings.forEach(each -> opened.addFittingEmbedding(each, model.textWidths()));
        return opened.described();
      }
    });
  }

  private Path file(ExtraNetwork network) {
    if (!network.type().equals(AppliedAdapter.LORA)) {
      throw new InvalidRequestException(
          "the prompt asks for %s, and of such tags only those of LoRAs are known, as <lora:name:0.8>; leave it out"
              .formatted(network));
    }
    AdapterShelf shelf = models.loras();
    return shelf
        .named(network.name())
        .orElseThrow(() -> Names.unknown("LoRA", network.name(), shelf.names()));
  }

  private List<Path> embeddings(GenerationRequest request) {
    AdapterShelf shelf = models.embeddings();
    String words = request.prompt().positive() + "\n" + request.prompt().negative();
    return shelf.names().stream()
        .filter(name -> stands(name, words))
        .flatMap(name -> shelf.named(name).stream())
        .toList();
  }

  private static boolean stands(String name, String words) {
    return Pattern.compile(
            "(?<![\\p{L}\\p{N}])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
        .matcher(words)
        .find();
  }

  /** Tensors are not made on virtual threads, on which servers answer. */
  private static <T> T onPlatformThread(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofPlatform().name("songe-adapters").start(task);
    try {
      return task.get();
    } catch (InterruptedException interrupted) {
      throw new CancellationException("interrupted while adapters were looked at");
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException told) {
        throw told;
      }
      throw new EngineException("adapters cannot be looked at", failed);
    }
  }
}
