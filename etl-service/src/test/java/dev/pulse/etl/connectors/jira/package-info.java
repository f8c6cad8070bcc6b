@NullMarked
package dev.pulse.etl.connectors.jira;

import org.jspecify.annotations.NullMarked;
