/**
 * How a corpus is made: from open packages of drawings, listed in one manifest with versions,
 * checksums and licences, or from somebody's own folder of pictures. {@code CorpusBuild} is first.
 */
@NullMarked
package io.songe.data.source;

import org.jspecify.annotations.NullMarked;
