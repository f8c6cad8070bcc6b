package dev.pulse.local.github;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.LightDataFetcher;
import graphql.schema.idl.RuntimeWiring;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The fields of one GraphQL type, each read from a record of the organisation. */
final class Fields<T> {
  private final RuntimeWiring.Builder wiring;
  private final String[] types;

  private Fields(RuntimeWiring.Builder wiring, String... types) {
    this.wiring = wiring;
    this.types = types;
  }

  /**
   * Fields that several GraphQL types share; source is only there to name the record they are read
   * from.
   */
  static <T> Fields<T> of(RuntimeWiring.Builder wiring, Class<T> source, String... types) {
    return new Fields<>(wiring, types);
  }

  /** A field that needs nothing but the record. */
  Fields<T> plain(String field, Function<T, @Nullable Object> read) {
    return put(field, new Plain<>(read));
  }

  /** A field that looks at its arguments too. */
  Fields<T> asked(String field, BiFunction<T, DataFetchingEnvironment, @Nullable Object> read) {
    return put(field, new Asked<>(read));
  }

  private Fields<T> put(String field, LightDataFetcher<Object> fetcher) {
    for (String type : types) {
      wiring.type(type, builder -> builder.dataFetcher(field, fetcher));
    }
    return this;
  }

  private record Plain<T>(Function<T, @Nullable Object> read) implements LightDataFetcher<Object> {
    @Override
    @SuppressWarnings(
        "unchecked") // a type's fields are only ever read from the record they were declared for
    public @Nullable Object get(
        GraphQLFieldDefinition field, Object source, Supplier<DataFetchingEnvironment> env) {
      return read.apply((T) source);
    }

    @Override
    public @Nullable Object get(DataFetchingEnvironment env) {
      return read.apply(env.<T>getSource());
    }
  }

  private record Asked<T>(BiFunction<T, DataFetchingEnvironment, @Nullable Object> read)
      implements LightDataFetcher<Object> {
    @Override
    public @Nullable Object get(
        GraphQLFieldDefinition field, Object source, Supplier<DataFetchingEnvironment> env) {
      return get(env.get());
    }

    @Override
    public @Nullable Object get(DataFetchingEnvironment env) {
      return read.apply(env.<T>getSource(), env);
    }
  }
}
