/**
 * What a request may ask for beside drawing a phrase from noise: {@link
 * io.songe.pipeline.edit.Edit} puts together a {@link io.songe.pipeline.edit.Start} from a picture,
 * seamless tiling, a {@link io.songe.pipeline.edit.Variation} and a {@link
 * io.songe.pipeline.edit.SecondPass} at a higher resolution. {@link io.songe.pipeline.edit.Canvas}
 * prepares start pictures and lays the drawn part back into them. Nothing here draws; that does
 * {@code io.songe.pipeline}.
 */
@NullMarked
package io.songe.pipeline.edit;

import org.jspecify.annotations.NullMarked;
