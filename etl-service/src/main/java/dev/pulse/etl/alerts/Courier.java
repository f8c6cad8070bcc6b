package dev.pulse.etl.alerts;

import dev.pulse.etl.alerts.Outbox.Taken;
import dev.pulse.etl.monitoring.Figures;
import dev.pulse.etl.platform.meters.Measure;
import dev.pulse.etl.platform.meters.Meters;
import dev.pulse.etl.platform.problem.Problem;
import dev.pulse.etl.platform.secret.SecretBox.SecretUnreadable;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Compares what is wrong with what people know of, and tells them the difference. Works where the
 * figures are read: on the one node that has the watch.
 */
@Component
class Courier {

  private static final Logger log = LoggerFactory.getLogger(Courier.class);
  private static final int AT_ONCE = 8;

  private final Alerts alerts;
  private final Incidents incidents;
  private final Outbox outbox;
  private final WebhookChannel webhooks;
  private final MailChannel mail;
  private final Meters meters;
  private final Semaphore hands = new Semaphore(AT_ONCE);

  Courier(
      Alerts alerts,
      Incidents incidents,
      Outbox outbox,
      WebhookChannel webhooks,
      MailChannel mail,
      Meters meters) {
    this.alerts = alerts;
    this.incidents = incidents;
    this.outbox = outbox;
    this.webhooks = webhooks;
    this.mail = mail;
    this.meters = meters;
    for (var channel : Alert.Channel.values()) {
      count(channel, "sent", 0);
      count(channel, "failed", 0);
    }
  }

  @EventListener
  void read(Figures figures) {
    for (var alert : alerts.enabled()) {
      incidents.settle(alert, Trouble.in(figures, alert.watched()));
    }
    incidents.prune();
    deliver();
  }

  /**
   * Sends a message now.
   *
   * @throws NotDelivered if it did not arrive, or nobody said so
   */
  void send(Message message) throws NotDelivered, InterruptedException {
    var alert = message.alert();
    try {
      switch (alert.channel()) {
        case WEBHOOK -> webhooks.send(message, String.valueOf(alert.url()), alerts.secret(alert));
        case MAIL -> mail.send(message);
      }
      count(alert.channel(), "sent", 1);
    } catch (NotDelivered e) {
      count(alert.channel(), "failed", 1);
      throw e;
    } catch (SecretUnreadable e) {
      count(alert.channel(), "failed", 1);
      throw new NotDelivered("the saved secret does not open: enter it again", e);
    }
  }

  /** Each on a thread of its own: a receiver that is slow holds up nobody else. */
  private void deliver() {
    while (hands.tryAcquire()) {
      var taken = outbox.take();
      if (taken.isEmpty()) {
        hands.release();
        return;
      }
      Thread.ofVirtual().name("alert-" + taken.get().id()).start(() -> deliver(taken.get()));
    }
  }

  private void deliver(Taken taken) {
    try {
      send(taken.message(alerts.require(taken.alert())));
      outbox.sent(taken);
      log.info("Told people: message {} of alert {}", taken.id(), taken.alert());
    } catch (NotDelivered e) {
      log.warn("Message {} did not arrive, will try again: {}", taken.id(), e.why());
      outbox.failed(taken, e.why());
    } catch (Problem e) {
      log.debug("The alert of message {} is gone", taken.id());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) { // whoever takes it next sends it again
      log.warn("Message {} could not be settled", taken.id(), e);
    } finally {
      hands.release();
    }
  }

  private void count(Alert.Channel channel, String outcome, int deliveries) {
    meters.count(
        Measure.ALERT_DELIVERIES, deliveries, channel.name().toLowerCase(Locale.ROOT), outcome);
  }
}
