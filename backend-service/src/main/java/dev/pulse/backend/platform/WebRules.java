package dev.pulse.backend.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What holds for all of the REST API. */
@Configuration
class WebRules implements WebMvcConfigurer {

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new KnownParameters()).addPathPatterns("/api/**");
  }

  /**
   * A parameter that is passed over in silence looks as if it had been obeyed; which of two values
   * is meant nobody can know.
   */
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
              .filter(each -> each.isAnnotationPresent(RequestParam.class))
              .map(Parameter::getName)
              .toList();
      request
          .getParameterMap()
          .forEach(
              (name, values) -> {
                if (!known.contains(name)) throw Problem.invalid(name, "is not known here");
                if (values.length > 1) throw Problem.invalid(name, "is given more than once");
              });
      return true;
    }
  }
}
