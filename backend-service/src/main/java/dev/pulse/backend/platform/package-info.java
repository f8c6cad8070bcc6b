/**
 * What every request of this service meets, whatever it asks for: its request id, its health, and
 * the form of its errors. Every package of the service may use it; it uses none of them.
 */
@org.jspecify.annotations.NullMarked
package dev.pulse.backend.platform;
