package dev.pulse.etl.platform;

import dev.pulse.etl.platform.lists.Paged;
import dev.pulse.etl.platform.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
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
    registry.addInterceptor(new KnownParameters()).addPathPatterns("/api/**");
  }

  /** A parameter that is passed over in silence looks as if it had been obeyed. */
  private static final class KnownParameters implements HandlerInterceptor {
    @Override
    public boolean preHandle(
        HttpServletRequest request, HttpServletResponse response, Object handler) {
      // without a query, parameters can only be a form, which is refused as such
      if (!(handler instanceof HandlerMethod method) || request.getQueryString() == null) {
        return true;
      }
      var known =
          Arrays.stream(method.getMethod().getParameters())
              .flatMap(KnownParameters::names)
              .toList();
      for (var name : request.getParameterMap().keySet()) {
        if (!known.contains(name)) {
          throw Problem.invalid(name, "is not known here", "Compare the request with /docs.");
        }
      }
      return true;
    }

    private static Stream<String> names(Parameter parameter) {
      if (parameter.isAnnotationPresent(Paged.class)) return Paged.PARAMETERS.stream();
      return parameter.isAnnotationPresent(RequestParam.class)
          ? Stream.of(parameter.getName())
          : Stream.empty();
    }
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
