package io.songe.image;

import io.songe.error.BrokenFileException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads the texts of a PNG file: tEXt, zTXt and iTXt, compressed or not. All of them together may
 * not exceed the limit, however little space they take in the file.
 */
final class PngTextReader {
  private static final int LONGEST_KEYWORD = 79;

  private final PngSource source;
  private final TextBudget budget;

  private PngTextReader(PngSource source) {
    this.source = source;
    this.budget = new TextBudget(source);
  }

  /**
   * All texts in the order of the file; of two with the same keyword the later counts.
   *
   * @throws io.songe.error.BrokenFileException if one is malformed, or together they are too long
   */
  static SequencedMap<String, String> readAll(PngSource source, List<PngChunk> chunks) {
    var reader = new PngTextReader(source);
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    for (PngChunk chunk : chunks) {
      switch (chunk.type()) {
        case "tEXt" -> reader.readLatin(chunk, texts);
        case "zTXt" -> reader.readCompressed(chunk, texts);
        case "iTXt" -> reader.readInternational(chunk, texts);
        default -> {} // not a text
      }
    }
    return texts;
  }

  private void readLatin(PngChunk chunk, SequencedMap<String, String> texts) {
    int end = keywordEnd(chunk);
    byte[] text = take(chunk, end + 1, false);
    texts.put(latin(chunk.offset(), end), new String(text, StandardCharsets.ISO_8859_1));
  }

  private void readCompressed(PngChunk chunk, SequencedMap<String, String> texts) {
    int end = keywordEnd(chunk);
    requireDeflate(chunk, end + 1);
    byte[] text = take(chunk, end + 2, true);
    texts.put(latin(chunk.offset(), end), new String(text, StandardCharsets.ISO_8859_1));
  }

  private void readInternational(PngChunk chunk, SequencedMap<String, String> texts) {
    int end = keywordEnd(chunk);
    if (end + 3 > chunk.end()) {
      throw malformed(chunk);
    }
    int compressed = source.unsignedByte(end + 1);
    if (compressed > 1) {
      throw malformed(chunk);
    }
    if (compressed == 1) {
      requireDeflate(chunk, end + 2);
    }
    int language = zero(chunk, end + 3);
    int translation = zero(chunk, language + 1);
    byte[] text = take(chunk, translation + 1, compressed == 1);
    texts.put(latin(chunk.offset(), end), utf8(chunk, text));
  }

  private int keywordEnd(PngChunk chunk) {
    int end = zero(chunk, chunk.offset());
    if (end == chunk.offset() || end - chunk.offset() > LONGEST_KEYWORD) {
      throw malformed(chunk);
    }
    return end;
  }

  private int zero(PngChunk chunk, int from) {
    for (int i = from; i < chunk.end(); i++) {
      if (source.bytes()[i] == 0) {
        return i;
      }
    }
    throw malformed(chunk);
  }

  private void requireDeflate(PngChunk chunk, int methodAt) {
    if (methodAt >= chunk.end() || source.bytes()[methodAt] != 0) {
      throw malformed(chunk);
    }
  }

  private String latin(int from, int to) {
    return new String(source.bytes(), from, to - from, StandardCharsets.ISO_8859_1);
  }

  private String utf8(PngChunk chunk, byte[] text) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw malformed(chunk);
    }
  }

  /** The text from there to the chunk's end, out of the budget. */
  private byte[] take(PngChunk chunk, int from, boolean compressed) {
    var text = new ByteArrayOutputStream();
    if (compressed) {
      inflate(chunk, from, text);
    } else {
      budget.spend(chunk.end() - from);
      text.write(source.bytes(), from, chunk.end() - from);
    }
    return text.toByteArray();
  }

  private void inflate(PngChunk chunk, int from, ByteArrayOutputStream text) {
    var inflater = new Inflater();
    inflater.setInput(source.bytes(), from, chunk.end() - from);
    byte[] buffer = new byte[8192];
    try {
      while (!inflater.finished()) {
        int count = inflater.inflate(buffer);
        if (count == 0 && !inflater.finished()) {
          throw malformed(chunk);
        }
        budget.spend(count);
        text.write(buffer, 0, count);
      }
    } catch (DataFormatException notDeflate) {
      throw malformed(chunk);
    } finally {
      inflater.end();
    }
  }

  private BrokenFileException malformed(PngChunk chunk) {
    return source.broken(
        "the text chunk %s at byte %d is malformed; save the picture anew, or without its texts"
            .formatted(chunk.type(), chunk.offset() - 8));
  }
}
