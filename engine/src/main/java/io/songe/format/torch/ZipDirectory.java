package io.songe.format.torch;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What is in a zip archive, and where, so that an entry that was stored without compression can be
 * used in place: {@link java.util.zip.ZipFile} does not tell that. Numbers and names are those of
 * the central directory (PKWARE APPNOTE 4.3, with Zip64), and the local header before an entry must
 * agree on its name.
 *
 * @param entries by name, in the directory's order
 */
record ZipDirectory(SequencedMap<String, Entry> entries) {
  private static final int MOST_ENTRIES = 200_000;
  private static final int END = 0x06054b50;
  private static final int END_LENGTH = 22;
  private static final int LONGEST_COMMENT = 0xFFFF;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int LOCATOR_64_LENGTH = 20;
  private static final int END_64 = 0x06064b50;
  private static final int END_64_LENGTH = 56;
  private static final int CENTRAL = 0x02014b50;
  private static final int CENTRAL_LENGTH = 46;
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_LENGTH = 30;
  private static final int ENCRYPTED = 1;
  private static final long IN_EXTRA = 0xFFFF_FFFFL;

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /**
   * One entry.
   *
   * @param name with slashes
   * @param deflated whether it is compressed
   * @param start of its data in the file
   * @param packed its length in the file, in bytes
   * @param size its length unpacked
   * @param checksum CRC-32 of the unpacked data
   */
  record Entry(String name, boolean deflated, long start, long packed, long size, int checksum) {}

  /**
   * Reads the directory of a whole archive.
   *
   * @throws BrokenFileException if it is truncated, malformed, encrypted, or packed in a way that
   *     is not deflate
   */
  static ZipDirectory read(MemorySegment file, FileLabel label) {
    return new Reader(file, label).read();
  }

  /** {@return the entry of that name} */
  Optional<Entry> find(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  private record Reader(MemorySegment file, FileLabel label) {
    ZipDirectory read() {
      long end = end();
      long count = unsignedShort(end + 10);
      long start = unsignedInt(end + 16);
      long limit = end;
      long locator = end - LOCATOR_64_LENGTH;
      if (locator >= 0 && integer(locator) == LOCATOR_64) {
        long end64 = file.get(LONG, locator + 8);
        require(end64 >= 0 && end64 <= locator - END_64_LENGTH && integer(end64) == END_64);
        count = file.get(LONG, end64 + 32);
        start = file.get(LONG, end64 + 48);
        limit = end64;
      }
      require(start >= 0 && start <= limit && count >= 0);
      if (count > MOST_ENTRIES) {
        throw label.broken("is an archive of more than %d entries".formatted(MOST_ENTRIES));
      }
      SequencedMap<String, Entry> entries = new LinkedHashMap<>();
      long position = start;
      for (long i = 0; i < count; i++) {
        require(limit - position >= CENTRAL_LENGTH && integer(position) == CENTRAL);
        int name = unsignedShort(position + 28);
        int extra = unsignedShort(position + 30);
        int comment = unsignedShort(position + 32);
        require(limit - position - CENTRAL_LENGTH >= name + extra + comment);
        Entry entry = entry(position, name, extra, start);
        require(entries.putIfAbsent(entry.name(), entry) == null);
        position += CENTRAL_LENGTH + name + extra + comment;
      }
      require(position == limit);
      return new ZipDirectory(Collections.unmodifiableSequencedMap(entries));
    }

    /** The end stands last, but for a comment of which it says the length. */
    private long end() {
      long last = file.byteSize() - END_LENGTH;
      for (long at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
        if (integer(at) == END && unsignedShort(at + 20) == last - at) {
          return at;
        }
      }
      throw label.broken(
          "is truncated: it begins as a zip archive, as PyTorch writes it, but the archive's directory at the end is missing; download it again");
    }

    private Entry entry(long at, int nameLength, int extraLength, long directory) {
      String name = text(at + CENTRAL_LENGTH, nameLength);
      if ((unsignedShort(at + 8) & ENCRYPTED) != 0) {
        throw label.broken("is an encrypted archive; unpack it with its password first");
      }
      int method = unsignedShort(at + 10);
      if (method != 0 && method != 8) {
        throw label.broken(
            "holds %s packed by method %d, which is neither stored nor deflate; unpack the archive"
                .formatted(FileLabel.quote(name), method));
      }
      long packed = unsignedInt(at + 20);
      long size = unsignedInt(at + 24);
      long local = unsignedInt(at + 42);
      if (packed == IN_EXTRA || size == IN_EXTRA || local == IN_EXTRA) {
        long extra = extra64(at + CENTRAL_LENGTH + nameLength, extraLength);
        long extraEnd = extra + unsignedShort(extra - 2);
        // The field holds only those of the three that did not fit, in this order.
        if (size == IN_EXTRA) {
          size = longBefore(extra, extraEnd);
          extra += Long.BYTES;
        }
        if (packed == IN_EXTRA) {
          packed = longBefore(extra, extraEnd);
          extra += Long.BYTES;
        }
        if (local == IN_EXTRA) {
          local = longBefore(extra, extraEnd);
        }
      }
      require(size >= 0 && packed >= 0 && (method != 0 || packed == size));
      long start = dataStart(local, name, directory);
      require(packed <= directory - start);
      return new Entry(name, method != 0, start, packed, size, integer(at + 16));
    }

    private long dataStart(long local, String name, long directory) {
      require(local >= 0 && local <= directory - LOCAL_LENGTH && integer(local) == LOCAL);
      int nameLength = unsignedShort(local + 26);
      long start = local + LOCAL_LENGTH + nameLength + unsignedShort(local + 28);
      require(start <= directory && text(local + LOCAL_LENGTH, nameLength).equals(name));
      return start;
    }

    /** {@return where the contents of the Zip64 field begin} */
    private long extra64(long start, int length) {
      long at = start;
      while (at + 4 <= start + length) {
        int size = unsignedShort(at + 2);
        require(at + 4 + size <= start + length);
        if (unsignedShort(at) == 1) {
          return at + 4;
        }
        at += 4 + size;
      }
      throw damaged();
    }

    private long longBefore(long at, long end) {
      require(at + Long.BYTES <= end);
      return file.get(LONG, at);
    }

    private String text(long at, int length) {
      return new String(
          file.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    private int integer(long at) {
      return file.get(INT, at);
    }

    private long unsignedInt(long at) {
      return Integer.toUnsignedLong(integer(at));
    }

    private int unsignedShort(long at) {
      return Short.toUnsignedInt(file.get(SHORT, at));
    }

    private void require(boolean condition) {
      if (!condition) {
        throw damaged();
      }
    }

    private BrokenFileException damaged() {
      return label.broken(
          "is a zip archive, as PyTorch writes it, whose directory contradicts itself; it is damaged or forged, download it again");
    }
  }
}
