package dev.pulse.local.world;

import java.time.Instant;

/** Something that somebody did after the world was made. */
record Edit(long serial, Instant at, int kind) {}
