/**
 * The web page in a real browser against a real studio. Begin with {@link
 * io.songe.page.WithBrowser}: it hands a {@link io.songe.page.Browser} to test methods, and without
 * one leaves the tests out, unless {@code SONGE_REQUIRE_BROWSER} says that there must be one.
 * {@link io.songe.page.PageStudio} is the studio.
 */
@NullMarked
package io.songe.page;

import org.jspecify.annotations.NullMarked;
