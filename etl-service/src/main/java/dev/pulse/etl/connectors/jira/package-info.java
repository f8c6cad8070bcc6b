/**
 * Jira Cloud and Jira Data Center. What is read, how often and at what cost: see README.md beside
 * this file.
 *
 * @see <a href="https://developer.atlassian.com/cloud/jira/platform/rest/v3/">Jira Cloud REST
 *     v3</a>
 */
@NullMarked
package dev.pulse.etl.connectors.jira;

import org.jspecify.annotations.NullMarked;
