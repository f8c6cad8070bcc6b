package dev.pulse.frontend.pages;

import java.time.Duration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Serves what the build of {@code web/} has made, as brotli or gzip where the browser takes it:
 * both were made at build time.
 *
 * <p>A file in {@code assets} carries a hash of its content in its name and never changes, so it
 * may be kept for ever. Everything else is asked for each time. Nothing carries a time of change:
 * all files of a reproducible build have the same one.
 */
@Configuration(proxyBeanMethods = false)
class PageFiles implements WebMvcConfigurer {

  private static final String FILES = "classpath:/static/";

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/assets/**")
        .addResourceLocations(FILES + "assets/")
        .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
        .setUseLastModified(false)
        .resourceChain(false)
        .addResolver(new SmallestFirst());
    registry
        .addResourceHandler("/**")
        .addResourceLocations(FILES)
        .setCacheControl(CacheControl.noCache())
        .setUseLastModified(false)
        .resourceChain(false)
        .addResolver(new SmallestFirst())
        .addResolver(new DeepLinks());
  }
}
