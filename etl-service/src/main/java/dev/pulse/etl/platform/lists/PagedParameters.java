package dev.pulse.etl.platform.lists;

import dev.pulse.etl.platform.problem.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads {@link Paged} parameters, and refuses by name what they cannot be. */
final class PagedParameters implements HandlerMethodArgumentResolver {

  static final int MOST = 200;

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.hasParameterAnnotation(Paged.class);
  }

  @Override
  public Keyset<?> resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    var paged = parameter.getParameterAnnotation(Paged.class);
    if (paged == null) throw new IllegalArgumentException("not paged: " + parameter);
    return keyset(
        paged,
        request.getParameter("sort"),
        request.getParameter("cursor"),
        request.getParameter("limit"));
  }

  static Keyset<?> keyset(
      Paged paged, @Nullable String sort, @Nullable String cursor, @Nullable String limit) {
    var wanted = sort == null || sort.isEmpty() ? paged.sort() : sort;
    var allowed = fields(paged);
    boolean descending = wanted.startsWith("-");
    var field = descending ? wanted.substring(1) : wanted;
    for (var by : allowed) {
      if (by.field().equals(field)) {
        boolean usual = wanted.equals(paged.sort());
        var first = new Keyset<>(by, descending, usual, null, limit(limit, paged.limit()));
        return cursor == null || cursor.isEmpty() ? first : Cursor.after(cursor, first);
      }
    }
    throw Problem.invalid(
        "sort",
        "is none of " + values(paged),
        "Take one of those, or leave it out for %s.".formatted(paged.sort()));
  }

  private static int limit(@Nullable String limit, int otherwise) {
    if (limit == null || limit.isEmpty()) return otherwise;
    try {
      int wanted = Integer.parseInt(limit);
      if (wanted >= 1 && wanted <= MOST) return wanted;
    } catch (NumberFormatException _) {
      // no number: refused like one that is out of bounds
    }
    throw Problem.invalid(
        "limit", "is no number from 1 to " + MOST, "Send one that is, or leave it out.");
  }

  /** All that {@code sort} can be. */
  static List<String> values(Paged paged) {
    return fields(paged).stream()
        .flatMap(each -> Stream.of(each.field(), "-" + each.field()))
        .toList();
  }

  private static List<? extends SortField<?>> fields(Paged paged) {
    return List.of(paged.by().getEnumConstants());
  }
}
