package dev.pulse.frontend.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.resource.EncodedResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;

/**
 * Takes brotli for whoever takes both. Browsers name gzip first, without meaning that they like it
 * better, and Spring goes by that order.
 */
final class SmallestFirst extends EncodedResourceResolver {

  private static final Pattern BROTLI = Pattern.compile("(^|[, ])br(\\s*,|\\s*$)");

  @Override
  protected @Nullable Resource resolveResourceInternal(
      @Nullable HttpServletRequest request,
      String path,
      List<? extends Resource> locations,
      ResourceResolverChain chain) {
    var asked = request == null || !takesBrotli(request) ? request : new Brotli(request);
    return super.resolveResourceInternal(asked, path, locations, chain);
  }

  private static boolean takesBrotli(HttpServletRequest request) {
    var accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
    return accepted != null && BROTLI.matcher(accepted).find();
  }

  private static final class Brotli extends HttpServletRequestWrapper {

    Brotli(HttpServletRequest request) {
      super(request);
    }

    @Override
    public @Nullable String getHeader(String name) {
      return name.equalsIgnoreCase(HttpHeaders.ACCEPT_ENCODING) ? "br" : super.getHeader(name);
    }
  }
}
