/**
 * Streams of events to browsers and programs (server-sent events): who listens, and how nobody who
 * listens slowly holds up the others. What is told is up to whoever publishes.
 */
@NullMarked
package dev.pulse.etl.platform.live;

import org.jspecify.annotations.NullMarked;
