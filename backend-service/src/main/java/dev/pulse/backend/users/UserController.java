package dev.pulse.backend.users;

import dev.pulse.backend.platform.ApiTags;
import dev.pulse.model.Permission;
import dev.pulse.model.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Users and roles, over REST. */
@RestController
@Tag(name = ApiTags.USERS)
@RequestMapping("/api")
class UserController {

  private final Users users;
  private final OneTimeLinks links;

  UserController(Users users, OneTimeLinks links) {
    this.users = users;
    this.links = links;
  }

  /** A page; {@code next} is the cursor of the page after, null at the end. */
  record UserPage(List<User> items, @Nullable String next) {}

  /** A user who was made, and the link to be handed over: it is shown this once. */
  record Invited(User user, OneTimeLinks.Link link) {}

  /** A role and the keys of its permissions. */
  record RoleView(Role role, List<String> permissions) {}

  record RolePage(List<RoleView> items, @Nullable String next) {}

  @Operation(summary = "The roles, and what each may do")
  @GetMapping("/roles")
  RolePage roles() {
    var views =
        Arrays.stream(Role.values())
            .map(
                role ->
                    new RoleView(role, role.permissions().stream().map(Permission::key).toList()))
            .toList();
    return new RolePage(views, null);
  }

  @Operation(summary = "All users")
  @GetMapping("/users")
  UserPage list(
      @RequestParam(defaultValue = "0") @Min(0) long cursor,
      @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
    var found = users.list(cursor, limit);
    return new UserPage(found, found.size() < limit ? null : Long.toString(found.getLast().id()));
  }

  @Operation(summary = "One user")
  @GetMapping("/users/{id}")
  User one(@PathVariable long id) {
    return users.require(id);
  }

  @Operation(summary = "Invite a user; the link to hand over is shown this once")
  @PostMapping("/users")
  @ResponseStatus(HttpStatus.CREATED)
  Invited create(@Valid @RequestBody UserInput.New input) {
    var user = users.create(input.email(), input.name(), input.role(), input.connections());
    return new Invited(user, links.make(user.id()));
  }

  /** Name, role and connections; effective within seconds, also for who is signed in. */
  @Operation(summary = "Change name, role or connections of a user")
  @PutMapping("/users/{id}")
  User update(@PathVariable long id, @Valid @RequestBody UserInput.Change input) {
    return users.update(id, input.name(), input.role(), input.connections(), input.version());
  }

  @Operation(summary = "Let a user in again")
  @PostMapping("/users/{id}/activate")
  User activate(@PathVariable long id) {
    return users.activate(id, true);
  }

  /** Ends the user's sessions and script tokens, too. */
  @Operation(summary = "Keep a user out, at once")
  @PostMapping("/users/{id}/deactivate")
  User deactivate(@PathVariable long id) {
    return users.activate(id, false);
  }

  /** Another link to choose a password; the password so far is good until it is used. */
  @Operation(summary = "Make a new link to choose a password")
  @PostMapping("/users/{id}/reset")
  OneTimeLinks.Link reset(@PathVariable long id) {
    return links.make(users.require(id).id());
  }
}
