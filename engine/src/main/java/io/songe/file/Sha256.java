package io.songe.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The fingerprint of a file's bytes. OpenSSL computes it where the system has it: with the first
 * compiler alone, which the launcher asks for, Java needs half a minute for what OpenSSL does in
 * two seconds.
 */
public final class Sha256 {
  private static final int BUFFER = 1 << 20;
  private static final int DIGEST = 32;

  private static final Optional<OpenSsl> OPEN_SSL = OpenSsl.find();

  private Sha256() {}

  /**
   * Hashes a file.
   *
   * @param file any file
   * @return its SHA-256 in hexadecimal digits
   * @throws IOException if it cannot be read
   */
  public static String of(Path file) throws IOException {
    return OPEN_SSL.isPresent() ? OPEN_SSL.get().hash(file) : byJava(file);
  }

  static String byJava(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      MessageDigest digest = digest();
      bytes.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
      return HexFormat.of().formatHex(digest.digest());
    }
  }

  /** {@return a new computation of a fingerprint, for bytes that are no file} */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new AssertionError(everyJavaHasIt);
    }
  }

  /** The functions of libcrypto: EVP_MD_CTX_new and those that take what it gives. */
  private record OpenSsl(
      MethodHandle create,
      MethodHandle algorithm,
      MethodHandle begin,
      MethodHandle update,
      MethodHandle finish,
      MethodHandle free) {
    private static final String LIBRARY = "libcrypto.so.3";

    static Optional<OpenSsl> find() {
      if (!System.getProperty("os.name", "").equals("Linux")) {
        return Optional.empty();
      }
      try {
        SymbolLookup library = SymbolLookup.libraryLookup(LIBRARY, Arena.global());
        var pointer = ValueLayout.ADDRESS;
        var number = ValueLayout.JAVA_INT;
        return Optional.of(
            new OpenSsl(
                function(library, "EVP_MD_CTX_new", FunctionDescriptor.of(pointer)),
                function(library, "EVP_sha256", FunctionDescriptor.of(pointer)),
                function(
                    library,
                    "EVP_DigestInit_ex",
                    FunctionDescriptor.of(number, pointer, pointer, pointer)),
                function(
                    library,
                    "EVP_DigestUpdate",
                    FunctionDescriptor.of(number, pointer, pointer, ValueLayout.JAVA_LONG)),
                function(
                    library,
                    "EVP_DigestFinal_ex",
                    FunctionDescriptor.of(number, pointer, pointer, pointer)),
                function(library, "EVP_MD_CTX_free", FunctionDescriptor.ofVoid(pointer))));
      } catch (IllegalArgumentException | NoSuchElementException absent) {
        return Optional.empty();
      }
    }

    private static MethodHandle function(
        SymbolLookup library, String name, FunctionDescriptor signature) {
      return Linker.nativeLinker().downcallHandle(library.find(name).orElseThrow(), signature);
    }

    String hash(Path file) throws IOException {
      try (Arena arena = Arena.ofConfined();
          ReadableByteChannel bytes = Files.newByteChannel(file)) {
        MemorySegment buffer = arena.allocate(BUFFER);
        MemorySegment digest = arena.allocate(DIGEST);
        MemorySegment context = (MemorySegment) create.invokeExact();
        try {
          MemorySegment sha256 = (MemorySegment) algorithm.invokeExact();
          require((int) begin.invokeExact(context, sha256, MemorySegment.NULL));
          for (int count = read(bytes, buffer); count >= 0; count = read(bytes, buffer)) {
            require((int) update.invokeExact(context, buffer, (long) count));
          }
          require((int) finish.invokeExact(context, digest, MemorySegment.NULL));
        } finally {
          free.invokeExact(context);
        }
        return HexFormat.of().formatHex(digest.toArray(ValueLayout.JAVA_BYTE));
      } catch (IOException | Error | RuntimeException failure) {
        throw failure;
      } catch (Throwable impossible) {
        throw new AssertionError(impossible);
      }
    }

    private static int read(ReadableByteChannel bytes, MemorySegment buffer) throws IOException {
      return bytes.read(buffer.asByteBuffer());
    }

    private static void require(int success) {
      if (success != 1) {
        throw new IllegalStateException("OpenSSL refused to hash");
      }
    }
  }
}
