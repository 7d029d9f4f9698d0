package io.songe.file;

import io.songe.error.BrokenFileException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * How a file is called in messages: by its folder and name, as {@code unet/config.json}, and never
 * by where it lies on the machine, since messages also travel over HTTP. What a file contains is
 * quoted here too, so that no file can write more than a few plain words into a message.
 *
 * @param text the name shown
 */
public record FileLabel(String text) {
  private static final int LONGEST_QUOTE = 80;

  /** The folders of a path that begins at a root; not what stands in an address or a fraction. */
  private static final Pattern FOLDERS =
      Pattern.compile("(?<![\\w.:/-])(/|[A-Za-z]:\\\\)([^\\s/\\\\:\"']+[/\\\\])+");

  private static final int LONGEST_REASON = 420;

  /**
   * The label of a file.
   *
   * @param file on any file system; need not exist
   * @return its folder's name and its own
   */
  public static FileLabel of(Path file) {
    int names = file.getNameCount();
    if (names == 0) {
      return new FileLabel(printable(file.toString()));
    }
    String name = file.getName(names - 1).toString();
    return new FileLabel(
        printable(names == 1 ? name : file.getName(names - 2).toString() + "/" + name));
  }

  /**
   * The label of a folder that was asked for.
   *
   * @param folder on any file system; need not exist
   * @return its own name alone
   */
  public static FileLabel ofFolder(Path folder) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return new FileLabel(printable(name == null ? folder.toString() : name.toString()));
  }

  /**
   * What to throw about this file.
   *
   * @param problem what is wrong with it, and what to do
   * @return the exception
   */
  public BrokenFileException broken(String problem) {
    return new BrokenFileException(text + ": " + problem);
  }

  /**
   * What to throw about this file.
   *
   * @param problem what is wrong with it, and what to do
   * @param cause what was underneath
   * @return the exception
   */
  public BrokenFileException broken(String problem, Throwable cause) {
    return new BrokenFileException(text + ": " + problem, cause);
  }

  /**
   * What to throw if what this file says was refused by somebody who does not know the file.
   *
   * @param why with a message for people, which may repeat values of the file at any length
   * @return the exception
   */
  public BrokenFileException refused(RuntimeException why) {
    return broken(shorten(String.valueOf(why.getMessage()), LONGEST_REASON), why);
  }

  /**
   * What to throw if this file cannot be read.
   *
   * @param failure why
   * @return the exception
   */
  public BrokenFileException unreadable(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return broken("there is no such file; check the name, or download the model again", failure);
    }
    return broken("cannot be read: " + reason(failure), failure);
  }

  /**
   * Why a file could not be read or written, without the path that the JDK puts in front.
   *
   * @param failure any
   * @return a few words
   */
  public static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException _ -> "its folder does not exist";
      case AccessDeniedException _ -> "permission denied";
      case EOFException _ -> "it ends too early";
      case FileSystemException underlying when underlying.getReason() != null ->
          printable(String.valueOf(underlying.getReason()));
      default -> printable(String.valueOf(failure.getMessage()));
    };
  }

  /**
   * Text from a file, made fit for one line of a message: quoted, short, without control codes.
   *
   * @param foreign any text
   * @return the text between quotation marks
   */
  public static String quote(String foreign) {
    return "'" + shorten(foreign) + "'";
  }

  /**
   * As {@link #quote}, without the quotation marks.
   *
   * @param foreign any text
   * @return the text
   */
  public static String shorten(String foreign) {
    return shorten(foreign, LONGEST_QUOTE);
  }

  /**
   * A message for whoever may not know which folders this machine has: of every path in it only the
   * last name is left.
   *
   * @param message that may name files
   * @return the message
   */
  public static String withoutFolders(String message) {
    return FOLDERS.matcher(message).replaceAll("");
  }

  private static String shorten(String foreign, int longest) {
    return foreign.length() <= longest
        ? printable(foreign)
        : printable(foreign.substring(0, longest)) + "...";
  }

  private static String printable(String foreign) {
    StringBuilder out = new StringBuilder(foreign.length());
    foreign
        .codePoints()
        .forEach(c -> {
          if (isPlain(c)) {
            out.appendCodePoint(c);
          } else {
            out.append(String.format("\\u%04x", c));
          }
        });
    return out.toString();
  }

  /** Control codes steer terminals; format codes (right-to-left marks) make text lie. */
  private static boolean isPlain(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
