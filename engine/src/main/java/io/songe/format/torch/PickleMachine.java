package io.songe.format.torch;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import io.songe.format.torch.PickleValue.Dictionary;
import io.songe.format.torch.PickleValue.Sequence;
import io.songe.format.torch.PickleValue.Tuple;
import io.songe.format.torch.PickleValue.Whole;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one pickle: Python's stack machine, reduced to the instructions that put data together (see
 * PEP 307, 3154 and 574, and the comments in Python's {@code pickletools}). A name becomes a {@link
 * PickleValue.Name} of the table in {@link Globals} or ends the reading, and {@link Construction}
 * says what a call builds. There is no instruction here that could reach code.
 *
 * <p>Memory and time grow with the bytes that were read, and stop at the limits below. The machine
 * does not recurse, whatever the nesting.
 */
final class PickleMachine {
  /** A state dict needs about 25 for each tensor. */
  private static final int MOST_INSTRUCTIONS = 2_000_000;

  private static final int NEWEST_PROTOCOL = 5;
  private static final int STOP = '.';

  private final PickleInput in;
  private final FileLabel file;
  private final Construction construction;
  private final Map<Long, PickleValue> memo = new HashMap<>();
  private PickleValue[] stack = new PickleValue[16];
  private int height;
  private int[] marks = new int[16];
  private int marked;

  private PickleMachine(PickleInput in, FileLabel file) {
    this.in = in;
    this.file = file;
    this.construction = new Construction(file);
  }

  /**
   * Reads a pickle and leaves the input behind it.
   *
   * @param in positioned at the first instruction
   * @param file how messages call the file
   * @return what it holds
   * @throws BrokenFileException if it is malformed, too large, or names anything unknown
   */
  static Pickle read(PickleInput in, FileLabel file) {
    PickleMachine machine = new PickleMachine(in, file);
    return new Pickle(machine.run(), machine.construction.storages());
  }

  /**
   * What was read.
   *
   * @param root the value that everything else is in
   * @param storages that it refers to, by their keys
   */
  record Pickle(PickleValue root, Map<String, PickleValue.Storage> storages) {}

  private PickleValue run() {
    for (int count = 0; count < MOST_INSTRUCTIONS; count++) {
      int instruction = in.unsignedByte();
      if (instruction == STOP) {
        PickleValue result = pop();
        require(height == 0 && marked == 0, "leaves values behind");
        return result;
      }
      execute(instruction);
    }
    throw damaged("has more than %d instructions".formatted(MOST_INSTRUCTIONS));
  }

  private void execute(int instruction) {
    switch (instruction) {
      case 0x80 -> requireKnownProtocol(in.unsignedByte()); // PROTO
      case 0x95 -> in.skip(Long.BYTES); // FRAME
      case '(' -> mark(); // MARK
      case '0' -> pop(); // POP
      case '1' -> popToMark(); // POP_MARK
      case '2' -> push(peek()); // DUP
      case 'p' -> remember(Long.parseLong(decimal(in.line()))); // PUT
      case 'q' -> remember(in.unsignedByte()); // BINPUT
      case 'r' -> remember(in.unsignedInt()); // LONG_BINPUT
      case 0x94 -> remember(memo.size()); // MEMOIZE
      case 'g' -> recall(Long.parseLong(decimal(in.line()))); // GET
      case 'h' -> recall(in.unsignedByte()); // BINGET
      case 'j' -> recall(in.unsignedInt()); // LONG_BINGET
      case 'c' -> push(construction.name(in.line(), in.line())); // GLOBAL
      case 0x93 -> nameFromStack(); // STACK_GLOBAL
      case 'i' -> instance(); // INST
      case 'R', 0x81 -> call(); // REDUCE, NEWOBJ
      case 'b' -> setState(); // BUILD
      case 'Q' -> push(construction.persistent(pop())); // BINPERSID
      default -> {
        if (!number(instruction) && !text(instruction) && !container(instruction)) {
          throw damaged(
              "holds the instruction 0x%02x, which weights do not need".formatted(instruction));
        }
      }
    }
  }

  private boolean number(int instruction) {
    switch (instruction) {
      case 'N' -> push(PickleValue.Nothing.NONE); // NONE
      case 0x88 -> push(new PickleValue.Truth(true)); // NEWTRUE
      case 0x89 -> push(new PickleValue.Truth(false)); // NEWFALSE
      case 'K' -> push(new Whole(in.unsignedByte())); // BININT1
      case 'M' -> push(new Whole(in.unsignedShort())); // BININT2
      case 'J' -> push(new Whole(in.signedInt())); // BININT
      case 0x8a -> push(whole(in.number(in.unsignedByte()))); // LONG1
      case 0x8b -> push(whole(in.number(in.unsignedInt()))); // LONG4
      case 'G' -> push(new PickleValue.Real(in.bigEndianDouble())); // BINFLOAT
      case 'I' -> push(wholeOrTruth(in.line())); // INT
      case 'L' -> push(whole(new BigInteger(decimal(in.line().replaceFirst("L$", ""))))); // LONG
      case 'F' -> push(new PickleValue.Real(real(in.line()))); // FLOAT
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean text(int instruction) {
    switch (instruction) {
      case 'X' -> pushText(in.unsignedInt()); // BINUNICODE
      case 0x8c -> pushText(in.unsignedByte()); // SHORT_BINUNICODE
      case 0x8d -> pushText(in.signedLong()); // BINUNICODE8
      case 'V' -> push(new PickleValue.Text(unescaped(in.line()))); // UNICODE
      case 'S' -> push(new PickleValue.Text(unquoted(in.line()))); // STRING
      case 'T' -> pushOldText(in.unsignedInt()); // BINSTRING
      case 'U' -> pushOldText(in.unsignedByte()); // SHORT_BINSTRING
      case 'B' -> skipBytes(in.unsignedInt()); // BINBYTES
      case 'C' -> skipBytes(in.unsignedByte()); // SHORT_BINBYTES
      case 0x8e, 0x96 -> skipBytes(in.signedLong()); // BINBYTES8, BYTEARRAY8
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean container(int instruction) {
    switch (instruction) {
      case ')' -> push(new Tuple(List.of())); // EMPTY_TUPLE
      case 0x85, 0x86, 0x87 -> push(new Tuple(popAll(instruction - 0x84))); // TUPLE1..3
      case 't' -> push(new Tuple(popToMark())); // TUPLE
      case ']', 0x8f -> push(new Sequence()); // EMPTY_LIST, EMPTY_SET
      case 'l', 0x91 -> push(sequence(popToMark())); // LIST, FROZENSET
      case 'a' -> append(popAll(1)); // APPEND
      case 'e', 0x90 -> append(popToMark()); // APPENDS, ADDITEMS
      case '}' -> push(new Dictionary(Globals.Role.DICTIONARY)); // EMPTY_DICT
      case 'd' -> dictionary(popToMark()); // DICT
      case 's' -> setItems(popAll(2)); // SETITEM
      case 'u' -> setItems(popToMark()); // SETITEMS
      default -> {
        return false;
      }
    }
    return true;
  }

  // ---------------------------------------------------------------- calls

  private void nameFromStack() {
    List<PickleValue> parts = popAll(2);
    if (parts.get(0) instanceof PickleValue.Text(String module)
        && parts.get(1) instanceof PickleValue.Text(String name)) {
      push(construction.name(module, name));
      return;
    }
    throw damaged("names something by what is no text");
  }

  private void instance() {
    PickleValue.Name name = construction.name(in.line(), in.line());
    push(construction.called(name, popToMark()));
  }

  private void call() {
    List<PickleValue> parts = popAll(2);
    if (parts.get(0) instanceof PickleValue.Name name && parts.get(1) instanceof Tuple arguments) {
      push(construction.called(name, arguments.items()));
      return;
    }
    throw damaged("calls what is no name, or not with a tuple");
  }

  private void setState() {
    PickleValue state = pop();
    construction.setState(peek(), state);
  }

  // ---------------------------------------------------------------- containers

  private void append(List<PickleValue> items) {
    if (peek() instanceof Sequence sequence) {
      sequence.addAll(items);
      return;
    }
    throw damaged("appends to what is no list");
  }

  private static Sequence sequence(List<PickleValue> items) {
    Sequence sequence = new Sequence();
    sequence.addAll(items);
    return sequence;
  }

  private void dictionary(List<PickleValue> items) {
    push(new Dictionary(Globals.Role.DICTIONARY));
    setItems(items);
  }

  private void setItems(List<PickleValue> items) {
    if (peek() instanceof Dictionary dictionary && items.size() % 2 == 0) {
      for (int i = 0; i < items.size(); i += 2) {
        construction.put(dictionary, items.get(i), items.get(i + 1));
      }
      return;
    }
    throw damaged("puts items into what is no dictionary, or a key without its value");
  }

  // ---------------------------------------------------------------- numbers and texts

  private void requireKnownProtocol(int protocol) {
    require(protocol <= NEWEST_PROTOCOL, "is of the unknown protocol " + protocol);
  }

  private static PickleValue whole(BigInteger value) {
    return value.bitLength() < Long.SIZE
        ? new Whole(value.longValueExact())
        : new PickleValue.Large(value);
  }

  private PickleValue wholeOrTruth(String line) {
    return switch (line) {
      case "00" -> new PickleValue.Truth(false);
      case "01" -> new PickleValue.Truth(true);
      default -> whole(new BigInteger(decimal(line)));
    };
  }

  /** Short enough that any may be parsed, and for keys of the memo always a long. */
  private String decimal(String line) {
    require(line.matches("-?[0-9]{1,18}"), "holds the whole number " + FileLabel.quote(line));
    return line;
  }

  private double real(String line) {
    require(
        line.matches("-?([0-9]{1,40}(\\.[0-9]{0,40})?([eE][-+]?[0-9]{1,4})?|inf|nan)"),
        "holds the number " + FileLabel.quote(line));
    return Double.parseDouble(line.replace("inf", "Infinity").replace("nan", "NaN"));
  }

  private void pushText(long length) {
    push(new PickleValue.Text(in.text(length)));
  }

  /** Of Python 2, which did not tell texts from bytes. */
  private void pushOldText(long length) {
    push(
        in.textOrNothing(length)
            .<PickleValue>map(PickleValue.Text::new)
            .orElse(PickleValue.Bytes.SOME));
  }

  private void skipBytes(long length) {
    in.skip(length);
    push(PickleValue.Bytes.SOME);
  }

  private String unquoted(String line) {
    require(
        line.length() >= 2
            && "'\"".indexOf(line.charAt(0)) >= 0
            && line.charAt(0) == line.charAt(line.length() - 1),
        "holds a text without quotation marks");
    return unescaped(line.substring(1, line.length() - 1));
  }

  private String unescaped(String text) {
    require(
        text.indexOf('\\') < 0, "holds a text with escapes, as no writer of weights makes them");
    return text;
  }

  // ---------------------------------------------------------------- memo, stack and marks

  private void remember(long place) {
    memo.put(place, peek());
  }

  private void recall(long place) {
    PickleValue value = memo.get(place);
    if (value == null) {
      throw damaged("recalls value %d, which it did not keep".formatted(place));
    }
    push(value);
  }

  private void push(PickleValue value) {
    if (height == stack.length) {
      stack = Arrays.copyOf(stack, 2 * height);
    }
    stack[height++] = value;
  }

  private int floor() {
    return marked == 0 ? 0 : marks[marked - 1];
  }

  private PickleValue peek() {
    require(height > floor(), "takes a value where there is none");
    return stack[height - 1];
  }

  private PickleValue pop() {
    PickleValue top = peek();
    height--;
    return top;
  }

  private List<PickleValue> popAll(int count) {
    require(height - floor() >= count, "takes a value where there is none");
    height -= count;
    return List.of(Arrays.copyOfRange(stack, height, height + count));
  }

  private void mark() {
    if (marked == marks.length) {
      marks = Arrays.copyOf(marks, 2 * marked);
    }
    marks[marked++] = height;
  }

  private List<PickleValue> popToMark() {
    require(marked > 0, "closes what it did not open");
    List<PickleValue> items = popAll(height - floor());
    marked--;
    return items;
  }

  private void require(boolean condition, String otherwise) {
    if (!condition) {
      throw damaged(otherwise);
    }
  }

  private BrokenFileException damaged(String problem) {
    return file.broken(
        "its pickle %s; the file is damaged or forged, download it again".formatted(problem));
  }
}
