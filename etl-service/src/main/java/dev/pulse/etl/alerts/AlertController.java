package dev.pulse.etl.alerts;

import dev.pulse.etl.alerts.Alert.Channel;
import dev.pulse.etl.alerts.Incidents.Incident;
import dev.pulse.etl.platform.ApiTags;
import dev.pulse.etl.platform.lists.Column;
import dev.pulse.etl.platform.lists.Keyset;
import dev.pulse.etl.platform.lists.Listed;
import dev.pulse.etl.platform.lists.Paged;
import dev.pulse.etl.platform.lists.SortField;
import dev.pulse.etl.platform.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who is told of what, over REST. */
@RestController
@Tag(name = ApiTags.ALERTS)
@RequestMapping("/api/v1/alerts")
class AlertController {

  private static final int SHOWN = 20;

  private final Alerts alerts;
  private final AlertForm form;
  private final Incidents incidents;
  private final Courier courier;
  private final MailChannel mail;
  private final Clock clock;

  AlertController(
      Alerts alerts,
      AlertForm form,
      Incidents incidents,
      Courier courier,
      MailChannel mail,
      Clock clock) {
    this.alerts = alerts;
    this.form = form;
    this.incidents = incidents;
    this.courier = courier;
    this.mail = mail;
    this.clock = clock;
  }

  /** What alerts can be sorted by. */
  enum Sort implements SortField<Alert> {
    ID,
    NAME;

    @Override
    public List<Column<Alert>> columns() {
      return switch (this) {
        case ID -> List.of(Column.number("id", Alert::id));
        case NAME -> List.of(Column.text("name", Alert::name));
      };
    }
  }

  /** An alert with its latest incidents, and what was told of each. */
  record AlertView(Alert alert, List<Incident> incidents) {
    AlertView {
      incidents = List.copyOf(incidents);
    }
  }

  /**
   * What came of trying an alert out.
   *
   * @param delivered whether the receiver, or the mail server, has taken the message
   * @param detail if not, why
   */
  record TestOutcome(boolean delivered, @Nullable String detail) {}

  @Operation(summary = "All alerts")
  @GetMapping
  Listed<Alert> list(@Paged(by = Sort.class) Keyset<Alert> page) {
    return alerts.list(page);
  }

  @Operation(summary = "One alert with its latest incidents")
  @GetMapping("/{id}")
  AlertView one(@PathVariable long id) {
    return new AlertView(alerts.require(id), incidents.of(id, SHOWN));
  }

  @Operation(summary = "Add an alert")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Alert create(@Valid @RequestBody AlertInput input) {
    form.check(input);
    return alerts.create(input);
  }

  /** Replaces all but the secret, which stays if it is left out and the address is the same. */
  @Operation(summary = "Change an alert; its secret stays if it is left out")
  @PutMapping("/{id}")
  Alert update(@PathVariable long id, @Valid @RequestBody AlertInput input) {
    alerts.require(id);
    form.check(input);
    return alerts.update(id, input);
  }

  @Operation(summary = "Remove an alert")
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable @Size(max = 500) String reason) {
    alerts.delete(id, reason);
  }

  /** Sends a real message now, and tells whether it was taken. */
  @Operation(summary = "Send a test message now")
  @PostMapping("/{id}/test")
  TestOutcome test(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable @Size(max = 500) String reason)
      throws InterruptedException {
    var alert = alerts.require(id);
    if (alert.channel() == Channel.MAIL && !mail.setUp()) {
      throw Problem.conflict(
          "MAIL_NOT_SET_UP",
          "There is no mail server",
          "Mail cannot be sent: no mail server is set.",
          MailChannel.REMEDY);
    }
    var outcome = outcome(alert);
    var told = outcome.delivered() ? "delivered" : String.valueOf(outcome.detail());
    alerts.tested(alert, told, reason);
    return outcome;
  }

  private TestOutcome outcome(Alert alert) throws InterruptedException {
    var id = "test-" + UUID.randomUUID();
    try {
      courier.send(
          new Message(
              id, Message.Kind.TEST, alert, null, "alert " + alert.id(), "", clock.instant()));
      return new TestOutcome(true, null);
    } catch (NotDelivered e) {
      return new TestOutcome(false, e.why());
    }
  }
}
