/** Tests of the way to etl-service, which is played by a server that writes down what it sees. */
@org.jspecify.annotations.NullMarked
package dev.pulse.backend.gateway;
