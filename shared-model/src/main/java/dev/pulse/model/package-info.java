/**
 * The vocabulary that the services and the web pages speak. No framework, no database: only names
 * and the rules between them.
 */
@NullMarked
package dev.pulse.model;

import org.jspecify.annotations.NullMarked;
