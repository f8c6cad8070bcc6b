/**
 * Traces for whoever runs a collector (OpenTelemetry): what a request, a run, a page or a question
 * to a source has cost, and what belongs to what. Off unless an address is set; then spans cost
 * nothing and nothing is sent.
 */
@NullMarked
package dev.pulse.etl.platform.telemetry;

import org.jspecify.annotations.NullMarked;
