package dev.pulse.etl.platform;

import dev.pulse.etl.platform.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What holds for all of the REST API. */
@Configuration
class WebRules implements WebMvcConfigurer {

  @Override
  public void addViewControllers(ViewControllerRegistry registry) {
    registry.addRedirectViewController("/", "/docs");
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new EachParameterOnce()).addPathPatterns("/api/**");
  }

  /** Which of two values is meant nobody can know. */
  private static final class EachParameterOnce implements HandlerInterceptor {
    @Override
    public boolean preHandle(
        HttpServletRequest request, HttpServletResponse response, Object handler) {
      request
          .getParameterMap()
          .forEach(
              (name, values) -> {
                if (values.length > 1) {
                  throw Problem.invalid(name, "is given more than once", "Send it once.");
                }
              });
      return true;
    }
  }
}
