/**
 * GitHub's GraphQL and REST APIs, as far as Pulse reads them; written from the vendor's
 * documentation.
 */
@NullMarked
package dev.pulse.local.github;

import org.jspecify.annotations.NullMarked;
