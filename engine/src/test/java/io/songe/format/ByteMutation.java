package io.songe.format;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Blind ways to spoil a file of any form. */
public enum ByteMutation {
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
      return Arrays.copyOf(file, file.length + 1 + random.nextInt(64));
    }
  },
  INSERT {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      byte[] noise = new byte[1 + random.nextInt(8)];
      random.nextBytes(noise);
      return spliced(file, random.nextInt(file.length + 1), 0, noise);
    }
  },
  REMOVE {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      int from = random.nextInt(file.length);
      return spliced(file, from, Math.min(1 + random.nextInt(8), file.length - from), new byte[0]);
    }
  },
  REPEAT {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      int from = random.nextInt(file.length);
      int to = from + 1 + random.nextInt(Math.min(200, file.length - from));
      byte[] part = Arrays.copyOfRange(file, from, to);
      return spliced(file, random.nextInt(file.length + 1), 0, part);
    }
  },
  MOVE {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      int from = random.nextInt(file.length);
      int count = 1 + random.nextInt(Math.min(64, file.length - from));
      byte[] part = Arrays.copyOfRange(file, from, from + count);
      byte[] without = spliced(file, from, count, new byte[0]);
      return spliced(without, random.nextInt(without.length + 1), 0, part);
    }
  },
  EXTREME_NUMBER {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      int width = 1 << random.nextInt(4);
      if (file.length < width) {
        return file;
      }
      long number =
          switch (random.nextInt(7)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> Long.MIN_VALUE >> (8 * (8 - width));
            case 3 -> ~(Long.MIN_VALUE >> (8 * (8 - width)));
            case 4 -> file.length;
            case 5 -> 1L << random.nextInt(63);
            default -> random.nextInt(300);
          };
      byte[] spoiled = file.clone();
      int at = random.nextInt(file.length - width + 1);
      for (int i = 0; i < width; i++) {
        spoiled[at + i] = (byte) (number >> (8 * i));
      }
      return spoiled;
    }
  };

  private static final ByteMutation[] ALL = values();

  /** The file with one thing changed; the array it was given only where nothing could change. */
  abstract byte[] apply(byte[] file, SplittableRandom random);

  /** A file with one to three things changed. */
  public static byte[] spoil(byte[] original, SplittableRandom random) {
    byte[] file = original;
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes && file.length > 0; i++) {
      file = ALL[random.nextInt(ALL.length)].apply(file, random);
    }
    return file;
  }

  public static byte[] spliced(byte[] file, int at, int removed, byte[] inserted) {
    byte[] spoiled = new byte[file.length - removed + inserted.length];
    System.arraycopy(file, 0, spoiled, 0, at);
    System.arraycopy(inserted, 0, spoiled, at, inserted.length);
    System.arraycopy(file, at + removed, spoiled, at + inserted.length, file.length - at - removed);
    return spoiled;
  }
}
