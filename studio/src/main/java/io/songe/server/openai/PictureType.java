package io.songe.server.openai;

/** As what pictures are sent. */
enum PictureType {
  PNG,
  JPEG,
  WEBP;

  boolean hasTransparency() {
    return this != JPEG;
  }

  /** {@return its media type} */
  String mediaType() {
    return "image/" + Fields.word(this);
  }
}
