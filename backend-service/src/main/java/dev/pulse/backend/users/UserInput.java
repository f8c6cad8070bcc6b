package dev.pulse.backend.users;

import dev.pulse.model.Role;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an administrator says about a user. */
final class UserInput {

  private UserInput() {}

  /**
   * A user to be made.
   *
   * @param connections whose data the user may see; null = all
   */
  record New(
      @NotBlank @Size(max = 254) @Pattern(regexp = "[^\\s@\\p{Cntrl}]+@[^\\s@\\p{Cntrl}]+")
          String email,
      @NotBlank @Size(max = 100) @Pattern(regexp = "[^\\p{Cntrl}]*") String name,
      @NotNull Role role,
      @Nullable @Size(max = 1000) List<@NotNull @Positive Long> connections) {}

  /**
   * How a user is to be.
   *
   * @param version as it was read
   */
  record Change(
      @NotBlank @Size(max = 100) @Pattern(regexp = "[^\\p{Cntrl}]*") String name,
      @NotNull Role role,
      @Nullable @Size(max = 1000) List<@NotNull @Positive Long> connections,
      @NotNull @PositiveOrZero Long version) {}
}
