/**
 * What every request of this service meets, whatever it asks for: its request id, its address, the
 * headers of its answer and the form of its errors. Every package may use it; it uses none of them.
 */
@org.jspecify.annotations.NullMarked
package dev.pulse.backend.platform;
