package io.songe.server.openai;

import io.javalin.http.Context;
import io.songe.server.Fields;
import java.io.IOException;
import java.util.Locale;

/** What a request brings, up to a size. */
final class Body {
  /** Two pictures, as a form or as JSON, have room in it. */
  static final int MOST_BYTES = 64 << 20;

  private static final int MOST_JSON_BYTES = 1 << 20;

  private Body() {}

  /** {@return whether the request says that its body is of a type} */
  static boolean isOf(Context context, String type) {
    String said = context.contentType();
    return said != null && said.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(type);
  }

  /** {@return the fields of a JSON body without pictures} */
  static Fields json(Context context) throws IOException {
    if (!isOf(context, "application/json")) {
      throw Refusal.of(415, "send this request as application/json");
    }
    return Fields.of(read(context, MOST_JSON_BYTES), new Written.AsJson());
  }

  /** {@return the fields of a JSON body that may have pictures in it} */
  static Fields jsonWithPictures(Context context) throws IOException {
    return Fields.of(read(context, MOST_BYTES), new Written.AsJson());
  }

  /** {@return the fields and files of a form} */
  static Form form(Context context) throws IOException {
    if (!isOf(context, "multipart/form-data")) {
      throw Refusal.of(415, "send this request as multipart/form-data");
    }
    return Form.parse(String.valueOf(context.contentType()), read(context, MOST_BYTES));
  }

  private static byte[] read(Context context, int most) throws IOException {
    byte[] read = context.bodyInputStream().readNBytes(most + 1);
    if (read.length > most) {
      throw Refusal.of(
          413, "the body has more than %d MiB, which are the most here".formatted(most >> 20));
    }
    return read;
  }
}
