/**
 * Captioned pictures to learn from. A {@link io.songe.data.Corpus} is a folder of shards (tar
 * archives of pictures with their captions beside them); each picture is a {@link
 * io.songe.data.Drawing}; {@link io.songe.data.Holdout} says which of them are learned from and
 * which are kept aside. How a corpus is made is in {@code source}; how drawings are put together to
 * new pictures with true captions is in {@code compose}. Read {@link io.songe.data.Drawing} first.
 */
@NullMarked
package io.songe.data;

import org.jspecify.annotations.NullMarked;
