package io.songe.data.compose;

/**
 * A ninth of a picture.
 *
 * <p>The place's column and row, from 0 at the left and at the top, to 2.
 */
enum Place {
  TOP_LEFT(0, 0, "in the top left corner", "dans le coin en haut à gauche", "en haut à gauche"),
  TOP(1, 0, "at the top", "tout en haut", "en haut"),
  TOP_RIGHT(2, 0, "in the top right corner", "dans le coin en haut à droite", "en haut à droite"),
  LEFT(0, 1, "on the left", "sur la gauche", "à gauche"),
  CENTRE(1, 1, "in the middle", "au milieu", "au centre"),
  RIGHT(2, 1, "on the right", "sur la droite", "à droite"),
  BOTTOM_LEFT(0, 2, "in the bottom left corner", "dans le coin en bas à gauche", "en bas à gauche"),
  BOTTOM(1, 2, "at the bottom", "tout en bas", "en bas"),
  BOTTOM_RIGHT(
      2, 2, "in the bottom right corner", "dans le coin en bas à droite", "en bas à droite");

  private final int column;
  private final int row;
  private final String english;
  private final String frenchLong;
  private final String french;

  Place(int column, int row, String english, String frenchLong, String french) {
    this.column = column;
    this.row = row;
    this.english = english;
    this.frenchLong = frenchLong;
    this.french = french;
  }

  int column() {
    return column;
  }

  int row() {
    return row;
  }

  String english() {
    return english;
  }

  String french() {
    return french;
  }

  String frenchLong() {
    return frenchLong;
  }
}
