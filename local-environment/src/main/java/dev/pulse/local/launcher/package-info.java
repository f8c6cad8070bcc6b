/**
 * What stands behind {@code scripts/pulse}: starts and ends the processes of a checkout, makes the
 * demo's connections and tells how everything is. It knows the other programs only by their command
 * lines, their ports and their HTTP. Nothing may use it but the script.
 */
@NullMarked
package dev.pulse.local.launcher;

import org.jspecify.annotations.NullMarked;
