package dev.pulse.backend.sessions;

import dev.pulse.backend.access.Caller;
import dev.pulse.backend.access.CurrentCaller;
import dev.pulse.backend.platform.ApiTags;
import dev.pulse.backend.platform.Problem;
import dev.pulse.backend.sessions.ScriptTokens.Made;
import dev.pulse.backend.sessions.ScriptTokens.ScriptToken;
import dev.pulse.model.Permission;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A user's script tokens, over REST. */
@RestController
@Tag(name = ApiTags.SCRIPT_TOKENS)
@RequestMapping("/api/tokens")
class TokenController {

  private final ScriptTokens tokens;
  private final Callers callers;

  TokenController(ScriptTokens tokens, Callers callers) {
    this.tokens = tokens;
    this.callers = callers;
  }

  /**
   * A token to be made.
   *
   * @param permissions keys such as {@code jobs:control}, of those that the user has
   * @param days until it expires
   */
  record TokenInput(
      @NotBlank @Size(max = 100) @Pattern(regexp = "[^\\p{Cntrl}]*") String name,
      @NotEmpty @Size(max = 50) List<@NotNull String> permissions,
      @NotNull @Min(1) @Max(365) Integer days) {}

  record TokenPage(List<ScriptToken> items, @Nullable String next) {}

  @Operation(summary = "One's own script tokens")
  @GetMapping
  TokenPage list(@CurrentCaller Caller caller) {
    return new TokenPage(tokens.list(caller.userId()), null);
  }

  /** The secret is in this answer, and never again. */
  @Operation(summary = "Make a script token; its secret is shown this once")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Made make(@CurrentCaller Caller caller, @Valid @RequestBody TokenInput input) {
    return tokens.make(
        caller.userId(),
        input.name(),
        permissions(caller, input.permissions()),
        Duration.ofDays(input.days()));
  }

  @Operation(summary = "Revoke a script token")
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(@CurrentCaller Caller caller, @PathVariable long id) {
    if (!tokens.revoke(caller.userId(), id)) throw Problem.notFound("token", id);
    callers.recheck();
  }

  private static Set<Permission> permissions(Caller caller, List<String> keys) {
    var asked = EnumSet.noneOf(Permission.class);
    for (var key : keys) {
      asked.add(
          Permission.find(key)
              .filter(caller.permissions()::contains)
              .orElseThrow(
                  () -> Problem.invalid("permissions", "'%s' is none of yours".formatted(key))));
    }
    return asked;
  }
}
