package io.songe.data.source;

import java.util.Map;

/**
 * One line of a list of captions.
 *
 * @param file the picture's name, by its folder in the folder of pictures
 * @param columns all values by the name of their column
 */
record CaptionRow(String file, Map<String, String> columns) {}
