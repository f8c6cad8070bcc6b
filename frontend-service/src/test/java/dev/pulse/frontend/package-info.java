/** Tests of the whole service, over real HTTP. */
@org.jspecify.annotations.NullMarked
package dev.pulse.frontend;
