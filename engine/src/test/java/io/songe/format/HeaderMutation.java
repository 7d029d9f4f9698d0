package io.songe.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Ways to spoil a safetensors file, blind ones on its bytes and knowing ones on its JSON. */
enum HeaderMutation {
  FLIP_BIT {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      byte[] spoiled = file.clone();
      spoiled[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
      return spoiled;
    }
  },
  SET_BYTE {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      byte[] spoiled = file.clone();
      spoiled[random.nextInt(file.length)] = (byte) random.nextInt(256);
      return spoiled;
    }
  },
  TRUNCATE {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      return Arrays.copyOf(file, random.nextInt(file.length));
    }
  },
  APPEND {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      return Arrays.copyOf(file, file.length + 1 + random.nextInt(16));
    }
  },
  LIE_ABOUT_LENGTH {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      byte[] spoiled = file.clone();
      long length =
          switch (random.nextInt(6)) {
            case 0 -> random.nextInt(file.length + 8);
            case 1 -> 100_000_000;
            case 2 -> 100_000_001;
            case 3 -> Long.MAX_VALUE;
            case 4 -> -1 - random.nextInt(16);
            default -> random.nextLong();
          };
      setLength(spoiled, length);
      return spoiled;
    }
  },
  INSERT_ASCII {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      byte[] noise = new byte[1 + random.nextInt(4)];
      for (int i = 0; i < noise.length; i++) {
        noise[i] = (byte) random.nextInt(128);
      }
      return spliced(file, random.nextInt(jsonLength(file) + 1), 0, noise);
    }
  },
  INSERT_INVALID_UTF8 {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      byte[][] kinds = {
        {(byte) 0xff},
        {(byte) 0xc0, (byte) 0xaf},
        {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
        {(byte) 0xe2}
      };
      return spliced(
          file, random.nextInt(jsonLength(file) + 1), 0, kinds[random.nextInt(kinds.length)]);
    }
  },
  REMOVE_BYTES {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      int from = random.nextInt(jsonLength(file));
      int count = Math.min(1 + random.nextInt(4), jsonLength(file) - from);
      return spliced(file, from, count, new byte[0]);
    }
  },
  REPLACE_NUMBER {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      return replaced(file, NUMBER, number(random), random);
    }
  },
  MOVE_TENSOR {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      List<MatchResult> found = matches(file, OFFSETS);
      if (found.isEmpty()) {
        return file;
      }
      MatchResult hit = found.get(random.nextInt(found.size()));
      long begin = Long.parseLong(hit.group(1));
      long end = Long.parseLong(hit.group(2));
      long by = random.nextInt(16) - Math.min(8, begin);
      byte[] moved = "[%d,%d]".formatted(begin + by, end + by).getBytes(StandardCharsets.US_ASCII);
      return spliced(file, hit.start(), hit.end() - hit.start(), moved);
    }
  },
  REPLACE_TYPE {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      return replaced(file, TYPE, TYPES.get(random.nextInt(TYPES.size())), random);
    }
  },
  REPLACE_VALUE {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      return replaced(file, VALUE, VALUES.get(random.nextInt(VALUES.size())), random);
    }
  },
  REPLACE_NAME {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      return replaced(file, NAME, NAMES.get(random.nextInt(NAMES.size())), random);
    }
  },
  REPEAT_PART {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      int length = jsonLength(file);
      int from = random.nextInt(length);
      int to = from + 1 + random.nextInt(length - from);
      byte[] part = Arrays.copyOfRange(file, Long.BYTES + from, Long.BYTES + to);
      return spliced(file, random.nextInt(length + 1), 0, part);
    }
  },
  REPEAT_ENTRY {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      List<MatchResult> entries = matches(file, ENTRY);
      if (entries.isEmpty()) {
        return file;
      }
      byte[] entry =
          (entries.get(random.nextInt(entries.size())).group() + ",")
              .getBytes(StandardCharsets.ISO_8859_1);
      return spliced(file, 1, 0, entry);
    }
  },
  NEST_DEEPLY {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      String deep = (random.nextBoolean() ? "[" : "{\"a\":").repeat(1 + random.nextInt(2000));
      return spliced(
          file, random.nextInt(jsonLength(file) + 1), 0, deep.getBytes(StandardCharsets.US_ASCII));
    }
  };

  private static final Pattern NUMBER = Pattern.compile("\\d+(?=[],])");
  private static final Pattern OFFSETS = Pattern.compile("\\[(\\d{1,9}),(\\d{1,9})\\](?=\\})");
  private static final Pattern TYPE = Pattern.compile("(?<=\"dtype\":\")\\w+");
  private static final Pattern VALUE =
      Pattern.compile("(?<=:)(\"[^\"]*\"|\\[[^\\[\\]]*\\]|\\{[^{}]*\\})");
  private static final Pattern NAME = Pattern.compile("(?<=[{,]\")[^\"]+(?=\":)");
  private static final Pattern ENTRY = Pattern.compile("\"[^\"]+\":\\{[^{}]*\\}");
  private static final List<String> TYPES =
      List.of("F64", "F32", "F16", "BF16", "I64", "I8", "U8", "BOOL", "F8_E5M2", "U64", "f32", "");
  private static final List<String> VALUES =
      List.of(
          "null", "true", "0", "NaN", "1e9", "\"\"", "[]", "{}", "[null]", "[[1]]", "\"\\ud800\"");
  private static final List<String> NAMES =
      List.of(
          "dtype",
          "shape",
          "data_offsets",
          "__metadata__",
          "a",
          "\\u0000",
          "\\udfff",
          "n".repeat(1100));
  private static final List<String> NUMBERS =
      List.of(
          "-1",
          "-0",
          "00",
          "1.0",
          "1e3",
          "NaN",
          "Infinity",
          "2147483648",
          "4294967296",
          "1152921504606846976",
          "9223372036854775807",
          "9223372036854775808",
          "18446744073709551615",
          "18446744073709551616",
          "9".repeat(400),
          "null",
          "\"1\"",
          "[1]");

  /** The file with one thing changed; never the array it was given unless nothing could change. */
  abstract byte[] apply(byte[] file, SplittableRandom random);

  private static String number(SplittableRandom random) {
    return random.nextBoolean()
        ? Integer.toString(random.nextInt(64))
        : NUMBERS.get(random.nextInt(NUMBERS.size()));
  }

  private static void setLength(byte[] file, long length) {
    for (int i = 0; i < Long.BYTES; i++) {
      file[i] = (byte) (length >>> (8 * i));
    }
  }

  /** Another mutation may have destroyed the length: then the whole file counts as header. */
  private static int jsonLength(byte[] file) {
    long length = 0;
    for (int i = Long.BYTES - 1; i >= 0; i--) {
      length = length << 8 | Byte.toUnsignedLong(file[i]);
    }
    int most = file.length - Long.BYTES;
    return length <= 0 || length > most ? most : (int) length;
  }

  private static List<MatchResult> matches(byte[] file, Pattern pattern) {
    String json = new String(file, Long.BYTES, jsonLength(file), StandardCharsets.ISO_8859_1);
    return pattern.matcher(json).results().toList();
  }

  private static byte[] replaced(
      byte[] file, Pattern pattern, String replacement, SplittableRandom random) {
    List<MatchResult> found = matches(file, pattern);
    if (found.isEmpty()) {
      return file;
    }
    MatchResult hit = found.get(random.nextInt(found.size()));
    return spliced(
        file,
        hit.start(),
        hit.end() - hit.start(),
        replacement.getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * Replaces a stretch of the JSON and corrects the length before it, so that the parser gets
   * there.
   */
  private static byte[] spliced(byte[] file, int at, int removed, byte[] inserted) {
    int from = Long.BYTES + at;
    byte[] spoiled = new byte[file.length - removed + inserted.length];
    System.arraycopy(file, 0, spoiled, 0, from);
    System.arraycopy(inserted, 0, spoiled, from, inserted.length);
    System.arraycopy(
        file, from + removed, spoiled, from + inserted.length, file.length - from - removed);
    setLength(spoiled, (long) jsonLength(file) - removed + inserted.length);
    return spoiled;
  }
}
