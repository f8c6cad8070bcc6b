@org.jspecify.annotations.NullMarked
package dev.pulse.etl;
