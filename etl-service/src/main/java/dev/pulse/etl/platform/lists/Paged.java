package dev.pulse.etl.platform.lists;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;

/**
 * Which page of a list a request asks for, by its parameters {@code sort}, {@code cursor} and
 * {@code limit}; of a parameter of type {@link Keyset}.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface Paged {

  List<String> PARAMETERS = List.of("sort", "cursor", "limit");

  /** The enum of the fields that it can be sorted by. */
  Class<? extends SortField<?>> by() default ById.class;

  /** The order if none is asked for: a field, with a minus before it if the last come first. */
  String sort() default "id";

  /** How many entries a page has if the request does not say. */
  int limit() default 50;
}
