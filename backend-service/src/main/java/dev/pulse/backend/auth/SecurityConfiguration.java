package dev.pulse.backend.auth;

import dev.pulse.backend.access.Refusals;
import dev.pulse.backend.access.RouteRules;
import dev.pulse.backend.sessions.Callers;
import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;

/** What every request passes before a controller sees it. */
@Configuration
class SecurityConfiguration {

  /**
   * Spring Security's firewall, then: does one of our pages ask, who asks, how often, may they.
   * What it would add by default is done elsewhere: headers for every answer by the platform,
   * cross-site requests by {@link OwnPagesOnly}, sessions by the database.
   */
  @Bean
  SecurityFilterChain door(
      HttpSecurity http,
      RouteRules rules,
      Refusals refusals,
      Callers callers,
      Cookies cookies,
      AccessTokens accessTokens,
      Asker asker)
      throws Exception {
    return http.csrf(AbstractHttpConfigurer::disable)
        .headers(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .addFilterBefore(new OwnPagesOnly(refusals), AnonymousAuthenticationFilter.class)
        .addFilterBefore(
            new CallerFilter(callers, cookies, accessTokens, asker, refusals),
            AnonymousAuthenticationFilter.class)
        .addFilterBefore(new RateLimitFilter(asker, refusals), AnonymousAuthenticationFilter.class)
        .exceptionHandling(
            handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
        .authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                    .permitAll()
                    .anyRequest()
                    .access(rules))
        .build();
  }
}
