/**
 * Songe's own interface, below {@code /api/}: jobs and what happens to them, the gallery, the
 * models, the pictures that drawings begin with. {@code openapi.yaml} beside these classes
 * describes it, and a test compares that with the routes.
 *
 * <p>{@link io.songe.server.api.ApiDoor} puts the routes together, one class for each resource.
 * {@link io.songe.server.Fields} reads what is sent, strictly; the records whose names end in
 * {@code Json} say what is answered. Nothing is drawn, stored or searched here.
 */
@NullMarked
package io.songe.server.api;

import org.jspecify.annotations.NullMarked;
