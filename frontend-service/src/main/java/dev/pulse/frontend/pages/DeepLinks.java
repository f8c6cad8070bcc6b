package dev.pulse.frontend.pages;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.resource.PathResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;

/**
 * Answers the address of any page with the one document that there is: which page that is, the
 * dashboard itself reads from the address. Only a browser that goes somewhere is answered so;
 * programs, and whoever misses a file, are told that there is nothing.
 */
final class DeepLinks extends PathResourceResolver {

  private static final String DOCUMENT = "index.html";

  @Override
  protected @Nullable Resource resolveResourceInternal(
      @Nullable HttpServletRequest request,
      String path,
      List<? extends Resource> locations,
      ResourceResolverChain chain) {
    var file = super.resolveResourceInternal(request, path, locations, chain);
    if (file != null || request == null || !isPage(request, path)) return file;
    return super.resolveResourceInternal(request, DOCUMENT, locations, chain);
  }

  private static boolean isPage(HttpServletRequest request, String path) {
    var accepted = request.getHeader(HttpHeaders.ACCEPT);
    var name = path.substring(path.lastIndexOf('/') + 1);
    return accepted != null
        && accepted.contains("text/html")
        && !name.contains(".")
        && !path.equals("api")
        && !path.startsWith("api/")
        && !path.startsWith("health/");
  }
}
