@NullMarked
package dev.pulse.etl.connectors.github;

import org.jspecify.annotations.NullMarked;
