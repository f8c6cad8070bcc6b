/**
 * How lists are read over REST: page by page, each beginning after the last entry of the one before
 * in the order that was asked for. An entry that stays is told once, whatever comes or goes.
 */
@NullMarked
package dev.pulse.etl.platform.lists;

import org.jspecify.annotations.NullMarked;
