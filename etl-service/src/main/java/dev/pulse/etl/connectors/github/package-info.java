/**
 * GitHub, in the cloud or self-hosted. What is read, how often and at what cost: see README.md
 * beside this file.
 *
 * @see <a href="https://docs.github.com/en/graphql">GitHub GraphQL API</a>
 */
@NullMarked
package dev.pulse.etl.connectors.github;

import org.jspecify.annotations.NullMarked;
