/**
 * How often somebody may ask: token buckets, kept by this node alone or, where Redis is configured,
 * by all nodes together. It knows nothing of who asks, or how that is proved. May use {@code
 * platform}.
 */
@org.jspecify.annotations.NullMarked
package dev.pulse.backend.limits;
